"""Procedures, with their steps and requirements in the same form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from esimguide.admin.base import ticks
from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.admin.checked import EVIDENCE, CheckedAdmin, DueFilter
from esimguide.admin.history import is_restoring
from esimguide.admin.step import RequirementInline, StepInline
from esimguide.models import Procedure, Status


class ProcedureForm(forms.ModelForm):
    """A procedure's own fields; the rows look after themselves."""

    def clean(self) -> dict[str, Any]:
        """Return the values; say beside the slug that the carrier already has one like it."""
        values = super().clean() or self.cleaned_data
        carrier, slug = values.get("carrier"), values.get("slug")
        others = Procedure.objects.exclude(pk=self.instance.pk)
        is_known = slug and "carrier" not in self.errors
        if is_known and others.filter(carrier=carrier, slug=slug).exists():
            self.add_error("slug", _("This carrier already has a procedure with this slug."))
        return values


class RestoreForm(ProcedureForm):
    """An earlier version, which comes back to the steps of today."""

    def clean(self) -> dict[str, Any]:
        """Return the values; a published procedure needs a step."""
        values = super().clean()
        if values.get("status") == Status.PUBLISHED and not self.instance.steps.exists():
            raise ValidationError(_("A published procedure needs at least one step."))
        return values


@admin.register(Procedure)
class ProcedureAdmin(CheckedAdmin):
    """A procedure: what it is, for whom, how sure we are, and its steps and documents."""

    form = ProcedureForm
    inlines = (StepInline, RequirementInline)
    formfield_overrides = {models.ManyToManyField: {"widget": ticks()}}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("carrier", "slug"),
                    ("status", "position"),
                    pair("title"),
                    pair("summary"),
                    pair("before"),
                    pair("worked_if"),
                )
            },
        ),
        (
            _("For whom and how"),
            {
                "fields": (
                    ("by", "line", "sim"),
                    "is_first_aid",
                    ("from_hong_kong", "from_mainland", "from_macau", "from_overseas"),
                    "situations",
                    ("needs", "gains"),
                ),
                "description": _("A place left unticked means “not confirmed”, never “no”."),
            },
        ),
        EVIDENCE,
    )
    list_display = (
        *shown(Procedure, "title"),
        "carrier",
        "by",
        "status",
        "state",
        "checked_on",
        "next_check",
    )
    list_filter = ("status", "state", DueFilter, MissingFilter, "carrier", "by", "situations")
    list_select_related = ("carrier",)
    search_fields = ("slug", *pair("title"), *pair("summary"), *pair("carrier__name"))

    def get_form(
        self,
        request: HttpRequest,
        obj: Procedure | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 (Django's signature)
        **kwargs: object,
    ) -> type[forms.ModelForm]:
        """Return the form's class; a version that comes back has no rows of its own to judge."""
        if is_restoring(request):
            kwargs["form"] = RestoreForm
        return super().get_form(request, obj, change, **kwargs)
