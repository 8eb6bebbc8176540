"""Terms: one concept, and the words each side uses for it."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import pair, shown
from esimguide.models import Term


@admin.register(Term)
class TermAdmin(GuideAdmin):
    """A concept's preferred words, the words not to use, and a gloss."""

    fields = (
        ("english", "slug", "grade"),
        pair("word"),
        pair("forbidden"),
        "synonyms",
        pair("gloss"),
    )
    list_display = (*shown(Term, "word"), "english", *shown(Term, "forbidden"), "grade")
    list_filter = ("grade",)
    prepopulated_fields = {"slug": ("english",)}
    search_fields = ("slug", "english", "synonyms", *pair("word"), *pair("forbidden"))
