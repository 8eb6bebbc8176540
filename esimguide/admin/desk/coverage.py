"""Coverage: what is official, reported, not confirmed, not offered or missing, by carrier."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from esimguide.guide.coverage import KINDS, coverage_by_carrier
from esimguide.models import Place


@permission_required("esimguide.view_carrier", raise_exception=True)
def coverage(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Coverage"),
        "places": list(Place),
        "kinds": KINDS,
        "sheets": coverage_by_carrier(),
    }
    return TemplateResponse(request, "admin/coverage.html", context)
