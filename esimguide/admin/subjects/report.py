"""Readers' reports on facts, channels and steps."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from esimguide.admin.desk.work_lists import WorkItem
from esimguide.admin.subjects.message import FolderFilter, MessageAdmin
from esimguide.models import Report

WRITTEN = ("kind", "saw", "met_on", "met_at", "fee", "minutes", "asked_for", "link")


@admin.register(Report)
class ReportAdmin(MessageAdmin):
    """What a reader met, beside what the guide said."""

    fieldsets = (
        (None, {"fields": ("about", "said", *WRITTEN, ("received_at", "language"))}),
        (
            _("What becomes of it"),
            {"fields": ("folder", "fact", "same_as", "internal_note")},
        ),
    )
    autocomplete_fields = ("fact", "same_as")
    readonly_fields = ("about", "said", *WRITTEN, "received_at", "language")
    list_display = ("said", "about", "kind", "saw", "met_at", "met_on", "received_at", "folder")
    list_filter = (FolderFilter, "kind", "language", "received_at")
    search_fields = ("said", "saw", "met_at", "asked_for")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Report | None = None
    ) -> tuple[str, ...]:
        """Return what cannot be changed: a report on a fact can be moved to another fact only."""
        fixed = tuple(map(str, super().get_readonly_fields(request, obj)))
        return fixed if obj and obj.fact_id else (*fixed, "fact")

    @admin.display(description=_("about"))
    def about(self, report: Report) -> str:
        target = report.target
        if target is None:
            return ""
        address = reverse(f"admin:esimguide_{target._meta.model_name}_change", args=[target.pk])
        return format_html('<a href="{}">{}</a>', address, WorkItem(target, "").name)
