"""What machines ask: is the process alive, can it answer readers, what may be crawled."""

from django.db import DatabaseError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from esimguide.http import HttpRequest, require_safe, site_url
from esimguide.models import Carrier


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view takes the request)
    """Answer that the process is alive; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 when the database holds content to serve, else 503 with the reason."""
    try:
        is_ready, reason = Carrier.objects.published().exists(), "no content loaded"
    except DatabaseError:
        is_ready, reason = False, "database not reachable"
    text, status = ("ready\n", 200) if is_ready else (f"{reason}\n", 503)
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the sitemap is, and that the admin is none of their business."""
    context = {"site_url": site_url(request)}
    return TemplateResponse(
        request, "robots.txt", context, content_type="text/plain; charset=utf-8"
    )
