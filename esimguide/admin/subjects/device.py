"""Devices: which model, sold where, takes an eSIM."""

from django.contrib import admin

from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.admin.checked import EVIDENCE, CheckedAdmin, DueFilter
from esimguide.models import Device


@admin.register(Device)
class DeviceAdmin(CheckedAdmin):
    """A model as sold in one region, and whether it takes an eSIM."""

    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("slug", "model_number"),
                    ("status", "position"),
                    ("brand", "kind"),
                    ("region", "esim"),
                    pair("market"),
                    pair("name"),
                    pair("note"),
                )
            },
        ),
        EVIDENCE,
    )
    list_display = (
        *shown(Device, "name"),
        "region",
        "esim",
        "status",
        "state",
        "checked_on",
        "next_check",
    )
    list_filter = ("status", "state", DueFilter, MissingFilter, "brand", "region", "esim", "kind")
    search_fields = ("slug", "model_number", *pair("name"), *pair("market"), *pair("note"))
