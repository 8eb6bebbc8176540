"""Devices: which model, sold where, takes an eSIM."""

from django.contrib import admin

from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.admin.checked import EVIDENCE_COLUMNS, CheckedAdmin, DueFilter
from esimguide.models import Device


@admin.register(Device)
class DeviceAdmin(CheckedAdmin):
    """A model as sold in one region, and whether it takes an eSIM."""

    fields = (
        ("slug", "model_number"),
        ("status", "position"),
        ("brand", "kind"),
        ("region", "esim"),
        pair("market"),
        pair("name"),
        pair("note"),
    )
    list_display = (*shown(Device, "name"), "region", "esim", "status", *EVIDENCE_COLUMNS)
    list_filter = ("status", "state", DueFilter, MissingFilter, "brand", "region", "esim", "kind")
    search_fields = ("slug", "model_number", *pair("name"), *pair("market"), *pair("note"))
