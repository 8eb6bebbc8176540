"""Services: what sends codes to the number."""

from django.contrib import admin

from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.admin.checked import EVIDENCE_COLUMNS, CheckedAdmin, DueFilter
from esimguide.models import Service


@admin.register(Service)
class ServiceAdmin(CheckedAdmin):
    """A bank, wallet, login or messenger; all but its name and its codes are facts."""

    fields = (
        ("name_en", "slug"),
        ("status", "position"),
        ("kind", "sms"),
        pair("name"),
        pair("summary"),
    )
    list_display = (*shown(Service, "name"), "kind", "sms", "status", *EVIDENCE_COLUMNS)
    list_filter = ("status", "state", DueFilter, MissingFilter, "kind", "sms")
    prepopulated_fields = {"slug": ("name_en",)}
    search_fields = ("slug", "name_en", *pair("name"), *pair("summary"))
