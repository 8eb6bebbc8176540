"""Topics: explainers."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.models import Topic


@admin.register(Topic)
class TopicAdmin(GuideAdmin):
    """An explainer in Markdown, with the pages it rests on."""

    autocomplete_fields = ("sources",)
    fields = (
        "slug",
        ("status", "position"),
        pair("title"),
        pair("summary"),
        pair("body"),
        "sources",
    )
    list_display = (*shown(Topic, "title"), "status", "position")
    list_filter = ("status", MissingFilter)
    search_fields = ("slug", *pair("title"), *pair("summary"), *pair("body"))
