"""What machines ask: is the process alive, can it answer readers, what may be crawled."""

from pathlib import Path
from shutil import disk_usage

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from esimguide.http import HttpRequest, require_safe, site_url
from esimguide.models import Carrier, RateLimitCounter

WRITE_CHECK_TTL = 60  # seconds for which one row proves that a write succeeds
MIN_FREE_BYTES = 4 * 1024 * 1024  # the log of one large save may take as much


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when there is content to read and a form can be saved, else 503 with the reason.

    It writes, since a full disk and a read-only database still answer every question.
    """
    try:
        reason = _not_ready_reason()
    except DatabaseError:
        connection.close()  # one opened on a read-only disk would stay read-only
        reason = "database not reachable or not writable"
    text, status = (f"{reason}\n", 503) if reason else ("ready\n", 200)
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _not_ready_reason() -> str:
    if not Carrier.objects.published().exists():
        return "no content loaded"
    RateLimitCounter.objects.add_one("readyz", seconds=WRITE_CHECK_TTL)
    folder = Path(str(connection.settings_dict["NAME"])).parent
    if (
        connection.vendor == "sqlite"
        and folder.is_dir()
        and disk_usage(folder).free < MIN_FREE_BYTES
    ):
        return "disk nearly full"
    return ""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"site_url": site_url(request)}
    return TemplateResponse(
        request, "robots.txt", context, content_type="text/plain; charset=utf-8"
    )
