"""Error pages in the reader's language."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from esimguide.http import HttpRequest


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 400."""
    return TemplateResponse(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer 403 when a form came without its token; the mark lets an editor's text be kept."""
    request.is_forged = True  # type: ignore[attr-defined]
    return TemplateResponse(request, "403.html", status=403)
