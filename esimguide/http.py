"""How the guide answers: a page or its fragment, cache headers, and refusals with words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.views.decorators.csrf import csrf_exempt
from django_htmx.middleware import HtmxDetails

from esimguide.models import Term

MAX_QUERY = 2000  # characters; no form of the guide comes near


class HttpRequest(DjangoHttpRequest):
    """A request after django-htmx's middleware."""

    htmx: HtmxDetails


type View = Callable[..., HttpResponse]


class PublicPage(TemplateResponse):
    """A page, or one of its fragments, that is the same for every reader and sets no cookie.

    Only these are kept as finished bytes (``pagecache.py``).
    """

    fragment = ""  # the partial's name; empty for the whole page


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str = ""
) -> PublicPage:
    """Answer with the page, or with its partial ``fragment`` when htmx asks for just that element.

    A history restore names no target and so gets the page. Every answer is public, the same for
    all readers, and checked again before a cache reuses it, so that an edit shows at once.
    """
    is_fragment = bool(fragment) and request.htmx.target == fragment
    asides = SimpleLazyObject(Term.objects.asides)  # asked for once, by the first text of a page
    name = f"{template}#{fragment}" if is_fragment else template
    response = PublicPage(request, name, {"asides": asides, **context})
    response.fragment = fragment if is_fragment else ""
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return keep_public(response)


def keep_public[R: HttpResponse](response: R) -> R:
    """Let any cache keep the answer, and ask again before it uses it."""
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> TemplateResponse:
    """Answer with a page that is one reader's alone: no cache keeps it."""
    response = TemplateResponse(request, template, context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def site_url(request: DjangoHttpRequest) -> str:
    """Return the site's own address without a final slash: SITE_URL, else what the reader used."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def require_safe(view: View) -> View:
    """Let only GET and HEAD through; anything else gets 405 with words in the reader's language."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        headers = {"Allow": "GET, HEAD"}
        return TemplateResponse(request, "405.html", status=405, headers=headers)

    # The refusal must not be beaten by the one for a missing form token, which says less.
    return csrf_exempt(inner)


def accept_post(view: View) -> View:
    """Let GET, HEAD and POST through. Readers have no cookie that a form of another site could
    misuse; a browser that says it posts from another site gets 403 all the same.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            headers = {"Allow": "GET, HEAD, POST"}
            return TemplateResponse(request, "405.html", status=405, headers=headers)
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return TemplateResponse(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(inner)


class RefuseOddRequests:
    """Refuse, before any view runs, what no page of the guide could have sent."""

    def __init__(self, get_response: Callable[[DjangoHttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: DjangoHttpRequest) -> HttpResponse:
        """Pass the request on; ``process_view`` does the refusing, inside Django's error pages."""
        return self.get_response(request)

    def process_view(self, request: DjangoHttpRequest, *_: object) -> None:
        """Raise BadRequest (400) for an over-long query or a NUL in path or query."""
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY or "%00" in query or "\x00" in request.path:
            message = "over-long query, or a NUL in it"
            raise BadRequest(message)
