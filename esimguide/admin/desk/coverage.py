"""Coverage: what is official, reported, not confirmed, not offered or missing, by carrier."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from esimguide.guide.coverage import KINDS, coverage_by_carrier
from esimguide.models import Place


def coverage(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("esimguide.view_carrier"):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Coverage"),
        "places": list(Place),
        "kinds": KINDS,
        "sheets": coverage_by_carrier(),
    }
    return TemplateResponse(request, "admin/coverage.html", context)
