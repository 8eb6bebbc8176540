"""Misconceptions: claims that people act on, corrected."""

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.admin.checked import EVIDENCE, EVIDENCE_COLUMNS, CheckedAdmin, DueFilter
from esimguide.admin.fields import KeysField, ticks
from esimguide.models import Misconception, Step


class StepsField(KeysField):
    """Steps, each after the name of its procedure: many procedures begin alike."""

    def label_from_instance(self, obj: Step) -> str:
        return f"{obj.procedure} · {obj}"


@admin.register(Misconception)
class MisconceptionAdmin(CheckedAdmin):
    """A claim, its correction, and where people go wrong by it."""

    fieldsets = (
        (
            None,
            {"fields": ("slug", ("status", "position"), pair("claim"), pair("correction"))},
        ),
        (_("Where it hangs"), {"fields": ("situations", "carriers", "steps")}),
        EVIDENCE,
    )
    filter_horizontal = ("steps",)
    list_display = (*shown(Misconception, "claim"), "status", *EVIDENCE_COLUMNS)
    list_filter = ("status", "state", DueFilter, MissingFilter, "situations", "carriers")
    search_fields = ("slug", *pair("claim"), *pair("correction"))

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> forms.ModelMultipleChoiceField | None:
        """Return the field: boxes to tick, and for the many steps two lists with a search."""
        if db_field.name == "steps":
            kwargs["form_class"] = StepsField
            kwargs["queryset"] = Step.objects.filter(procedure__replaces=None).select_related(
                "procedure__carrier"
            )
        else:
            kwargs["widget"] = ticks()
        return super().formfield_for_manytomany(db_field, request, **kwargs)
