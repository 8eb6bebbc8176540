"""Finished bytes in front of Django: a page rendered once is answered without it.

``asgi.py`` and ``wsgi.py`` look a request up here before Django sees it. What they do not find goes
to Django, whose outermost middleware, ``FinishPages``, keeps the public page that comes out. All
that is kept belongs to one *stamp* (content version and day); ``watch.py`` moves it, and with it
everything kept before is dropped.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.utils.cache import patch_vary_headers

from esimguide.http import PublicPage
from esimguide.i18n import HTML_TAGS

PAGES = tuple(f"/{language}/" for language in HTML_TAGS)
QUICK, SMALL = 5, 11  # brotli: 0.8 ms and 7 % more bytes, or some 30 ms
OF_A_304 = {b"cache-control", b"vary"}  # the reader has the others
OF_ONE_ENCODING = {"content-length", "content-encoding", "etag"}
OVERHEAD = 1500  # bytes of memory that a page takes beside its own
# The rest of the memory is for pages with a query, which anybody can make up without end.
PLAIN_SHARE = 0.75

type Stamp = tuple[object, ...]
type Header = Callable[[str], str]  # a lower-case name → its value, or nothing
type Headers = list[tuple[bytes, bytes]]
type Answer = tuple[int, Headers, bytes]


# ---- which page a request asks for ---------------------------------------------------------------


class Key(NamedTuple):
    """All that a public page's bytes depend on, its encoding apart."""

    host: str  # empty where SITE_URL makes pages the same under every allowed name
    is_secure: bool
    path: str
    query: str
    fragment: str


def find_key(method: str, scheme: str, path: str, query: str, header: Header) -> Key | None:
    """Return the key of the page asked for; None when only Django can answer.

    That is: anything but reading a guide's page, a host that Django refuses, and an editor, who
    is to see a change with no delay at all.
    """
    if f"{settings.SESSION_COOKIE_NAME}=" in header("cookie"):
        return None
    forwarded = header("x-forwarded-proto")
    return _key(method, scheme, path, query, header("host"), forwarded, header("hx-target"))


@lru_cache(maxsize=1024)
def _key(  # noqa: PLR0913, PLR0917 (what a request has)
    method: str, scheme: str, path: str, query: str, host: str, forwarded: str, fragment: str
) -> Key | None:
    is_reading = method in {"GET", "HEAD"} and path.startswith(PAGES)
    if not is_reading or not _is_allowed(host):
        return None
    same_for_all_hosts = bool(settings.SITE_URL)
    is_secure = _is_secure(scheme, forwarded)
    return Key("" if same_for_all_hosts else host, is_secure, path, query, fragment)


def _is_allowed(host: str) -> bool:
    # As HttpRequest.get_host().
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _is_secure(scheme: str, forwarded: str) -> bool:
    # As HttpRequest.scheme: the proxy's word, where it is to be believed, goes before the socket's.
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.split(",", 1)[0].strip() == settings.SECURE_PROXY_SSL_HEADER[1]
    return scheme == "https"


@lru_cache(maxsize=256)
def best_encoding(accept: str) -> str:
    """Return "br", "gzip" or "identity", the best that an Accept-Encoding header takes."""
    takes = {}
    for part in accept.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        takes[name] = weight.strip("0.") != "" or not weight
    rest = takes.get("*", False)
    return next((name for name in ("br", "gzip") if takes.get(name, rest)), "identity")


# ---- one finished page ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encoding of a page as it goes over the wire."""

    body: bytes
    etag: bytes
    headers: Headers  # of an answer with this body
    unchanged: Headers  # of the 304 in its stead

    def is_known(self, if_none_match: str) -> bool:
        """Tell whether the reader has just these bytes, by an If-None-Match header's value.

        The comparison is the weak one of RFC 9110: a proxy may have marked our tag as weak.
        """
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return self.etag.decode() in tags or "*" in tags


class Finished:
    """A page in its encodings; the unpacked one, rarely asked for, is made from the gzip one."""

    __slots__ = ("_common", "br", "gzip", "size")

    def __init__(self, common: Headers, body: bytes) -> None:
        """Make it from the headers all encodings share, and the page's own bytes."""
        self._common = common
        self.br = self._encoded("br", brotli.compress(body, quality=QUICK))
        self.gzip = self._encoded("gzip", gzip.compress(body, 9, mtime=0))
        self.size = (
            len(self.br.body) + len(self.gzip.body) + OVERHEAD
        )  # for good, though it shrinks

    def encoded(self, encoding: str) -> Encoded:
        """Return it as "br", "gzip" or "identity"."""
        if encoding == "identity":
            return self._encoded(encoding, gzip.decompress(self.gzip.body))
        return self.br if encoding == "br" else self.gzip

    def shrink(self) -> None:
        """Pack the brotli bytes as tightly as can be; takes some 30 ms."""
        body = gzip.decompress(self.gzip.body)
        self.br = self._encoded("br", brotli.compress(body, quality=SMALL))

    def _encoded(self, encoding: str, body: bytes) -> Encoded:
        etag = b'"%s"' % blake2b(body, digest_size=10).hexdigest().encode()
        unchanged = [*(pair for pair in self._common if pair[0] in OF_A_304), (b"etag", etag)]
        headers = [*self._common, (b"etag", etag), (b"content-length", b"%d" % len(body))]
        if encoding != "identity":
            headers.append(_pair("content-encoding", encoding))
        return Encoded(body, etag, headers, unchanged)


@lru_cache(maxsize=512)
def _pair(name: str, value: str) -> tuple[bytes, bytes]:
    # One object for the many pages whose header it is.
    return (name.lower().encode("latin-1"), value.encode("latin-1"))


# ---- all of them ---------------------------------------------------------------------------------


class Shelf:
    """Finished pages up to ``limit`` bytes; the longest unread ones go first."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._pages = OrderedDict[Key, Finished]()

    def get(self, key: Key) -> Finished | None:
        """Return the page, which so becomes the last to go."""
        page = self._pages.get(key)
        if page:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Finished) -> None:
        """Take the page in, and let go of as many as must be."""
        self.drop(key)
        self._pages[key] = page
        self.size += page.size
        while self.size > self.limit:
            self.drop(next(iter(self._pages)))

    def drop(self, key: Key) -> None:
        """Let go of the page, if it is here."""
        page = self._pages.pop(key, None)
        self.size -= page.size if page else 0

    def clear(self) -> None:
        """Let go of everything."""
        self._pages.clear()
        self.size = 0


class PageCache:
    """What this process has finished. Every method may be called from any thread."""

    def __init__(self, limit: int) -> None:
        """Make it for ``limit`` bytes; it keeps nothing before it knows the stamp."""
        self.stamp: Stamp | None = None
        self._lock = threading.Lock()
        self._plain = Shelf(int(limit * PLAIN_SHARE))
        self._asked = Shelf(int(limit * (1 - PLAIN_SHARE)))
        self._to_shrink = OrderedDict[Key, None]()

    def _shelf(self, key: Key) -> Shelf:
        return self._asked if key.query or key.fragment else self._plain

    def get(self, key: Key) -> Finished | None:
        """Return the finished page, if it is here."""
        with self._lock:
            return self._shelf(key).get(key)

    def put(self, key: Key, page: Finished, stamp: Stamp) -> None:
        """Keep a page that was begun under ``stamp``, unless that has moved on since."""
        with self._lock:
            if stamp == self.stamp:
                self._shelf(key).put(key, page)
                if not key.query:
                    self._to_shrink[key] = None

    def move_to(self, stamp: Stamp | None) -> None:
        """Go on under another stamp: nothing of the one before is answered any more."""
        with self._lock:
            if stamp != self.stamp:
                self.stamp = stamp
                for shelf in (self._plain, self._asked):
                    shelf.clear()
                self._to_shrink.clear()

    def shrink_one(self) -> None:
        """Pack one page more tightly, if any waits for it; the others are answered meanwhile."""
        with self._lock:
            key = next(iter(self._to_shrink), None)
            page = self._shelf(key).get(key) if key else None
            self._to_shrink.pop(key, None) if key else None
        if key and page:
            page.shrink()


CACHE = PageCache(settings.PAGE_CACHE_BYTES)


# ---- where pages come from and how they are answered ---------------------------------------------


def answered(key: Key | None, method: str, header: Header) -> Answer | None:
    """Return status, headers and body for a reader of the page; None if it is not finished."""
    page = CACHE.get(key) if key else None
    if page is None:
        return None
    encoded = page.encoded(best_encoding(header("accept-encoding")))
    if encoded.is_known(header("if-none-match")):
        return 304, encoded.unchanged, b""
    return 200, encoded.headers, b"" if method == "HEAD" else encoded.body


def environ_header(environ: Mapping[str, object]) -> Header:
    """Return a reader of a WSGI request's headers."""
    return lambda name: str(environ.get(f"HTTP_{name.upper().replace('-', '_')}", ""))


def environ_key(environ: Mapping[str, object]) -> Key | None:
    """Return the key of the page that a WSGI request asks for."""
    method, scheme, path, query = (
        str(environ.get(name, ""))
        for name in ("REQUEST_METHOD", "wsgi.url_scheme", "PATH_INFO", "QUERY_STRING")
    )
    if environ.get("SCRIPT_NAME"):
        return None
    return find_key(method, scheme, path, query, environ_header(environ))


class FinishPages:
    """Outermost middleware: finishes and keeps the public pages that Django renders.

    It keeps nothing in a process that nobody watches over (tests, ``manage.py``), for there the
    stamp is not known.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as Django does, a kept page in the bytes that later readers will get too.

        Of many who ask for a page while it is being made, each waits for a thread; by then it is
        there, and is not made once more.
        """
        stamp, key = CACHE.stamp, environ_key(request.META)
        if found := answered(key, str(request.method), environ_header(request.META)):
            status, headers, body = found
            response = HttpResponse(status=status)
            del response["Content-Type"]  # which a 304 has not
            return _filled(response, headers, body)
        response = self.get_response(request)
        if stamp is None or key is None or not _may_keep(response, key):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        common = [_pair(n, v) for n, v in response.items() if n.lower() not in OF_ONE_ENCODING]
        page = Finished(common, response.content)
        CACHE.put(key, page, stamp)
        accept = request.headers.get("Accept-Encoding", "")
        encoded = page.encoded(best_encoding(accept))
        return _filled(response, encoded.headers, encoded.body)


def _may_keep(response: HttpResponse, key: Key) -> bool:
    return (
        isinstance(response, PublicPage)
        and response.status_code == 200  # noqa: PLR2004
        and response.fragment == key.fragment
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
        and "no-store" not in response.get("Cache-Control", "")
    )


def _filled(response: HttpResponse, headers: Headers, body: bytes) -> HttpResponse:
    response.content = body
    for name, value in headers:
        response[name.decode()] = value.decode("latin-1")
    return response
