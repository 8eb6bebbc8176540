"""Documents: papers and things that procedures ask for."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import pair, shown
from esimguide.models import Document


@admin.register(Document)
class DocumentAdmin(GuideAdmin):
    """A paper or thing, and what to do without it."""

    fields = (
        ("name_en", "slug", "position"),
        pair("name"),
        pair("description"),
        pair("if_missing"),
    )
    list_display = (*shown(Document, "name"), "name_en", "position")
    prepopulated_fields = {"slug": ("name_en",)}
    search_fields = ("slug", "name_en", *pair("name"), *pair("description"))
