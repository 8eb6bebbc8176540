"""Did this help? Counts to read, by procedure and step."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from esimguide.admin.base import ReadOnlyAdmin
from esimguide.models import Vote


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin):
    """The day's counts; nobody edits them."""

    list_display = ("procedure", "answer", "step_number", "language", "day", "count")
    list_filter = ("answer", "language", "day", "procedure__carrier")
    list_select_related = ("procedure",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if listed := context.get("cl"):
            context["totals"] = listed.queryset.totals()
        return response
