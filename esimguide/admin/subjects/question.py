"""Questions of readers, answered."""

from django.contrib import admin

from esimguide.admin.base import GuideAdmin
from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.models import Question


@admin.register(Question)
class QuestionAdmin(GuideAdmin):
    """A question, its answer, and what it hangs on."""

    autocomplete_fields = ("carrier", "procedure", "document", "topic", "sources")
    fields = (
        "slug",
        ("status", "theme", "position"),
        pair("question"),
        pair("answer"),
        ("carrier", "procedure"),
        ("document", "topic"),
        "sources",
    )
    list_display = (
        *shown(Question, "question"),
        "carrier",
        "procedure",
        "document",
        "topic",
        "status",
    )
    list_filter = ("status", "theme", MissingFilter, "carrier", "topic")
    list_select_related = ("carrier", "procedure__carrier", "document", "topic")
    search_fields = ("slug", *pair("question"), *pair("answer"))
