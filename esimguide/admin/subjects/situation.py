"""Situations: what happened. Capabilities: what the reader may still have."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import pair, shown
from esimguide.models import Capability, Situation


@admin.register(Situation)
class SituationAdmin(GuideAdmin):
    """What happened to the number."""

    fields = (
        ("title_en", "slug", "position"),
        ("urgency", "number_works"),
        pair("title"),
        pair("summary"),
        pair("ask"),
        "takes",
    )
    list_display = (*shown(Situation, "title"), "urgency", "position")
    list_filter = ("urgency",)
    search_fields = ("slug", *pair("title"), *pair("summary"))


@admin.register(Capability)
class CapabilityAdmin(GuideAdmin):
    """What the reader may still have, and how we ask for it."""

    fields = (("slug", "position"), pair("label"), pair("question"))
    list_display = (*shown(Capability, "label"), *shown(Capability, "question"), "position")
    search_fields = ("slug", *pair("label"), *pair("question"))
