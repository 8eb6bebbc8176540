"""How the guide answers: a page or its fragment, cache headers, and refusals with words."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import is_valid_path
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_from_path, override
from django.views.decorators.csrf import csrf_exempt
from django_htmx.middleware import HtmxDetails

from esimguide.feedback.limits import Limit, wait
from esimguide.i18n import HTML_TAGS
from esimguide.models import Redirect, Term

METHODS = {"GET", "HEAD", "POST"}
LAST_PORT = 65_535
MAX_QUERY = 2000  # characters; no form of the guide comes near
PREVIEW_SALT = "esimguide.preview"
PREVIEW_LASTS = 14 * 24 * 60 * 60  # seconds


class HttpRequest(DjangoHttpRequest):
    """A request after django-htmx's middleware."""

    htmx: HtmxDetails


type View = Callable[..., HttpResponse]


class PublicPage(TemplateResponse):
    """A page, or one of its fragments, that is the same for every reader and sets no cookie.

    Only these are kept as finished bytes (``page_cache.py``).
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
    asides = SimpleLazyObject(Term.objects.asides)
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


def _accepting(*methods: str) -> Callable[[View], View]:
    """Let only ``methods`` through; others get 405 with words in the reader's language."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method not in methods:
                return _not_allowed(request, ", ".join(methods))
            # Readers have no cookie that a form of another site could misuse; a browser that says
            # it posts from another site gets 403 all the same.
            if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
                return TemplateResponse(request, "403.html", status=403)
            return view(request, *args, **kwargs)

        # Django would refuse first, for a missing form token, which says less.
        return csrf_exempt(inner)

    return decorate


require_safe = _accepting("GET", "HEAD")
accept_post = _accepting("GET", "HEAD", "POST")


def _not_allowed(request: DjangoHttpRequest, allowed: str) -> TemplateResponse:
    return TemplateResponse(request, "405.html", status=405, headers={"Allow": allowed})


def too_many(request: DjangoHttpRequest, seconds: int) -> TemplateResponse:
    """Answer 429: try again after ``seconds``; reading goes on meanwhile."""
    context = {"minutes": -(-seconds // 60)}
    headers = {"Retry-After": str(seconds)}
    return TemplateResponse(request, "429.html", context, status=429, headers=headers)


def limited(limit: Limit) -> Callable[[View], View]:
    """Return the decorator that holds an address to ``limit`` at a view that costs more."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            seconds = wait(limit, request.META)
            return too_many(request, seconds) if seconds else view(request, *args, **kwargs)

        return inner

    return decorate


class RefuseOddRequests(MiddlewareMixin):
    """Refuse, before any view runs, what no page of the guide could have sent."""

    def process_view(
        self, request: DjangoHttpRequest, view: View, *_: object
    ) -> HttpResponse | None:
        """Raise BadRequest (400) for an over-long query, a NUL in path or query, or an odd port.

        Answer 405 to a method that the admin would read as GET; views of ours that can only be
        read (and so need no form's token) refuse by themselves.
        """
        query = request.META.get("QUERY_STRING", "")
        port = request.get_host().rpartition(":")[2]
        if port.isdigit() and int(port) > LAST_PORT:
            raise BadRequest("no such port")
        if len(query) > MAX_QUERY or "%00" in query or "\x00" in request.path:
            raise BadRequest("over-long query, or a NUL in it")
        if request.method in METHODS or getattr(view, "csrf_exempt", False):
            return None
        return _not_allowed(request, "GET, HEAD, POST")


class FollowRedirects(MiddlewareMixin):
    """Lead an address that a page has left, or that was altered on the way, to the page."""

    def process_response(self, request: DjangoHttpRequest, response: HttpResponse) -> HttpResponse:
        """Answer 301 instead of 404 where a page of ours is meant."""
        if response.status_code == HTTPStatus.NOT_FOUND and request.method in {"GET", "HEAD"}:
            place = _new_place(request.path) or _as_meant(request.path)
            query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            return HttpResponsePermanentRedirect(place + query) if place else response
        return response


def _new_place(path: str) -> str:
    """Return where the page of an old address stands now, or nothing."""
    _root, language, rest = (path + "//").split("/", 2)
    if language not in HTML_TAGS:
        return ""
    rest = rest.rstrip("/") + "/"
    moved = Redirect.objects.for_path(rest).first()
    return f"/{language}/{moved.new}{rest.removeprefix(moved.old)}" if moved else ""


# What the sentence around an address leaves at its end.
_AROUND = "/ .,;:!?)]}>'\"。，、；：！？）」』】》〉”’…"

_WITH_KEYS = ("preview/", "ask/")  # a key's capitals count


def _as_meant(path: str) -> str:
    """Return the address of ours that was passed on otherwise: with a sign of the sentence after
    it, a language as browsers name it (zh-HK), capitals or no slash. Nothing if it is none.
    """
    language = get_language_from_path(path.lower())
    if language is None:
        return ""
    _root, _language, rest = (path + "/").split("/", 2)
    inner = rest.rstrip(_AROUND)
    inner = inner if inner.startswith(_WITH_KEYS) else inner.lower()
    meant = f"/{language}/{inner}/" if inner else f"/{language}/"
    with override(language):
        return meant if meant != path and is_valid_path(meant) else ""
