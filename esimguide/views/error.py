"""Error pages in the reader's language."""

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import get_language_from_request, override

from esimguide.http import HttpRequest
from esimguide.ops.logs import request_id

READ_ONLY = "25006"  # PostgreSQL's own code for a write to a standby
RETRY_AFTER = "30"  # seconds


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return TemplateResponse(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 when a form came without its token; the mark lets an editor's text be kept."""
    request.is_forged = True  # type: ignore[attr-defined]
    return TemplateResponse(request, "403.html", status=403)


def server_error(request: DjangoHttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is away, full or read-only: nothing was saved.

    The page needs neither the database nor a static file, and names the request for the log.
    """
    name, headers = "500.html", {"Cache-Control": "no-store"}
    if _is_passing(sys.exception()):
        connection.close()  # one opened on a read-only disk would stay read-only
        name, headers["Retry-After"] = "503.html", RETRY_AFTER
    with override(get_language_from_request(request, check_path=True)):
        html = render_to_string(name, {"request_id": request_id.get()})
    return HttpResponse(html, status=int(name[:3]), headers=headers)


def _is_passing(error: BaseException | None) -> bool:
    """Tell whether ``error`` will go away by itself, with nothing wrong in the guide."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return getattr(getattr(error, "__cause__", None), "sqlstate", "") == READ_ONLY
