"""Changes: public notes of what changed in the guide."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.models import Change

PLACES = ("carrier", "procedure", "topic", "device", "service")


@admin.register(Change)
class ChangeAdmin(GuideAdmin):
    """What changed on a day, and whom it concerns."""

    autocomplete_fields = PLACES
    fields = (
        ("made_on", "slug"),
        "status",
        pair("text"),
        ("carrier", "procedure"),
        ("topic", "device", "service"),
    )
    list_display = (*shown(Change, "text"), "made_on", "place", "status")
    list_filter = ("status", MissingFilter, "carrier", "topic")
    list_select_related = ("carrier", "procedure__carrier", "topic", "device", "service")
    search_fields = ("slug", *pair("text"))
