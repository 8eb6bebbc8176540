"""Sources: pages that somebody read."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import pair, shown
from esimguide.models import Source


@admin.register(Source)
class SourceAdmin(GuideAdmin):
    """A page, its publisher and its date."""

    fields = (
        "url",
        ("kind", "language", "published_on"),
        pair("title"),
        pair("publisher"),
        pair("dating"),
    )
    list_display = (
        *shown(Source, "title"),
        *shown(Source, "publisher"),
        "kind",
        "language",
        "published_on",
    )
    list_filter = ("kind", "language")
    search_fields = ("url", *pair("title"), *pair("publisher"))
