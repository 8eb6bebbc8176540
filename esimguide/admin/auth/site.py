"""The editors' site: Django's own, with a second factor at the door and the desk as first page."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _

from esimguide.admin.auth import sign_in
from esimguide.admin.desk import check, desk

# The subjects as editors think of them: what answers readers, what it leans on, what readers send.
ORDER = (
    *("Procedure", "Fact", "Carrier", "Channel", "Situation", "Capability", "Document"),
    *("Topic", "Question", "Misconception", "Service", "Device", "Term", "Source", "Change"),
    *("Report", "Inquiry", "Vote", "ZeroResultSearch", "Synonym", "Redirect"),
)


class GuideSite(admin.AdminSite):
    """Lets in staff whose second factor is verified; the desk is the first thing they see."""

    def has_permission(self, request: HttpRequest) -> bool:
        is_staff = super().has_permission(request)
        return is_staff and (not settings.ADMIN_OTP or sign_in.is_verified(request))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if super().has_permission(request) and not self.has_permission(request):
            return HttpResponseRedirect(sign_in.code_address(request))
        return super().login(request, extra_context)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Return Django's addresses and ours; sign-in pages are open before the second factor."""
        ours: list[URLResolver | URLPattern] = [
            # Before Django's own, which turns away those without their second factor.
            path("logout/", self.logout, name="logout"),
            path("code/", sign_in.code, name="code"),
            path("enrol/", sign_in.enrol, name="enrol"),
            path("recovery/", self.admin_view(sign_in.recovery), name="recovery"),
            path("check/", self.admin_view(check.first), name="check"),
            path("check/<int:pk>/", self.admin_view(check.fact), name="check_fact"),
            path("desk/<slug:name>/", self.admin_view(desk.section), name="desk_section"),
            path("desk/<slug:name>.csv", self.admin_view(desk.section_csv), name="desk_csv"),
        ]
        return [*ours, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps: list[Any] = super().get_app_list(request, app_label)
        place = {name: number for number, name in enumerate(ORDER)}
        for app in apps:
            app["models"].sort(key=lambda model: place.get(model["object_name"], len(place)))
        return apps

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {"desk": desk.overview(request)} | (extra_context or {})
        return super().index(request, context)


@cache
def guide_site() -> GuideSite:
    """Return the one site. Django asks for it before this package is loaded, and loading registers
    pages with it, so that it asks again meanwhile: both must get the same.
    """
    return GuideSite()


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None
) -> HttpResponse:
    """Answer 429 to somebody who tried too many passwords, in words (django-axes calls this)."""
    context = admin.site.each_context(request) | {
        "title": _("Too many attempts"),
        "hours": settings.AXES_COOLOFF_TIME,
        REDIRECT_FIELD_NAME: "",
    }
    # Rendered here: django-axes hands it out past the handler that renders later.
    return render(request, "admin/sign_in/locked.html", context, status=429)
