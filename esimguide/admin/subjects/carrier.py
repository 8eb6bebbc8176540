"""Carriers with the ways to reach them, and these ways by themselves."""

from typing import override

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.admin.checked import (
    EVIDENCE_COLUMNS,
    EVIDENCE_FIELDS,
    CheckedAdmin,
    DueFilter,
    note_checker,
)
from esimguide.admin.fields import ticks
from esimguide.admin.publish import GuideForm
from esimguide.admin.rows import GuideInline
from esimguide.models import Carrier, Channel

CHANNEL = (
    ("slug", "position"),
    ("kind", "value"),
    pair("label"),
    pair("detail"),
    pair("hours"),
    ("line", "is_loss_line"),
    ("from_hong_kong", "from_mainland", "from_macau", "from_overseas"),
    "needs",
)


class ChannelInline(GuideInline):
    """The ways to reach a carrier, in its form."""

    model = Channel
    max_num = 25
    fields = (*CHANNEL, *EVIDENCE_FIELDS)
    autocomplete_fields = ("source",)
    readonly_fields = ("checked_by",)


class CarrierForm(GuideForm):
    """A carrier's own fields."""

    def clean_host(self) -> Carrier | None:
        host: Carrier | None = self.cleaned_data["host"]
        if host and host == self.instance:
            raise ValidationError(_("A carrier cannot be its own host network."))
        return host


@admin.register(Carrier)
class CarrierAdmin(GuideAdmin):
    """A carrier and its channels."""

    form = CarrierForm
    inlines = (ChannelInline,)
    fields = (
        ("name_en", "slug"),
        ("status", "position"),
        ("kind", "host"),
        pair("name"),
        pair("legal_name"),
        pair("summary"),
    )
    list_display = (*shown(Carrier, "name"), "kind", "host", "status", "position")
    list_filter = ("status", MissingFilter, "kind", "host")
    list_select_related = ("host",)
    prepopulated_fields = {"slug": ("name_en",)}
    search_fields = ("slug", "name_en", *pair("name"), *pair("legal_name"), *pair("summary"))

    @override
    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseFormSet, change: bool
    ) -> None:
        """Save the channels; who types a day of checking has done the check."""
        for row in formset.forms:
            note_checker(row, request)
        super().save_formset(request, form, formset, change)


@admin.register(Channel)
class ChannelAdmin(CheckedAdmin):
    """One way to reach a carrier."""

    fields = ("carrier", *CHANNEL)
    autocomplete_fields = ("source", "carrier")
    formfield_overrides = {ManyToManyField: {"widget": ticks()}}
    list_display = (*shown(Channel, "label"), "carrier", "kind", "value", *EVIDENCE_COLUMNS)
    list_filter = ("state", DueFilter, "carrier", "kind", "is_loss_line")
    shown_on = ("carrier",)
    list_select_related = ("carrier",)
    search_fields = ("slug", "value", *pair("label"), *pair("detail"), *pair("carrier__name"))
