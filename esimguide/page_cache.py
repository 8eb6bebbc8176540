"""Finished pages in memory: what Django rendered once is answered without it.

``asgi.py`` looks a request up here before Django sees it. What is not found goes to Django, whose
outermost middleware, ``FinishPages``, keeps the public page that comes out. All that is kept
belongs to one *stamp* (content version and day); ``content_watch.py`` moves it, which drops the
rest.
"""

import gzip
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

import brotli
from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.utils.cache import patch_vary_headers

from esimguide.http import PublicPage
from esimguide.i18n import HTML_TAGS

PAGES = tuple(f"/{language}/" for language in HTML_TAGS)
QUICK, SMALL = 5, 11  # brotli: 1 ms and 8 % more bytes, or 20 to 60 ms
OF_A_304 = {b"cache-control", b"vary"}  # the reader has the others
OF_ONE_ENCODING = {"content-length", "content-encoding", "etag"}
OVERHEAD = 1500  # bytes of memory that a page takes beside its bodies
# The rest of the memory is for pages with a query, which anybody can make up without end.
PLAIN_SHARE = 0.75

type Stamp = tuple[object, ...]
type Header = Callable[[str], str]  # a lower-case name → its value, or nothing
type Headers = list[tuple[bytes, bytes]]
type Answer = tuple[int, Headers, bytes]


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
    host = header("host")
    is_reading = method in {"GET", "HEAD"} and path.startswith(PAGES)
    is_editor = f"{settings.SESSION_COOKIE_NAME}=" in header("cookie")
    if not is_reading or is_editor or not _is_allowed(host):
        return None
    is_secure = _is_secure(scheme, header("x-forwarded-proto"))
    return Key("" if settings.SITE_URL else host, is_secure, path, query, header("hx-target"))


@lru_cache(maxsize=64)
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


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encoding of a page as it is sent."""

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
        self.size = len(self.br.body) + len(self.gzip.body) + OVERHEAD  # bytes, before compress()

    def compress(self) -> None:
        """Compress the brotli body as far as can be; takes some 30 ms."""
        body = gzip.decompress(self.gzip.body)
        self.br = self._encoded("br", brotli.compress(body, quality=SMALL))

    def answer(self, header: Header) -> Answer:
        """Return status, headers and body for a request with these headers.

        X-Accel-Expires lets the proxy in front (docs/deploy/nginx.conf) reuse the answer until the
        clock's second ends; a number of seconds would mean up to twice as long. It comes first,
        since older versions of nginx read these headers in their order.
        """
        encoded = self.encoded(best_encoding(header("accept-encoding")))
        expires = (b"x-accel-expires", b"@%d" % time.time())
        if encoded.is_known(header("if-none-match")):
            return 304, [expires, *encoded.unchanged], b""
        return 200, [expires, *encoded.headers], encoded.body

    def encoded(self, encoding: str) -> Encoded:
        """Return it as "br", "gzip" or "identity"."""
        if encoding == "identity":
            return self._encoded(encoding, gzip.decompress(self.gzip.body))
        return self.br if encoding == "br" else self.gzip

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


class PageCache:
    """The finished pages of this process; the longest unread go first. Any thread may use it."""

    def __init__(self, limit: int) -> None:
        """Make it for ``limit`` bytes; it keeps nothing before it knows the stamp."""
        self.stamp: Stamp | None = None
        self._lock = Lock()
        self._plain, self._queried = (
            LRUCache[Key, Finished](limit * share, getsizeof=lambda page: page.size)
            for share in (PLAIN_SHARE, 1 - PLAIN_SHARE)
        )
        self._to_compress = deque[Finished]()

    def _pages(self, key: Key) -> LRUCache[Key, Finished]:
        return self._queried if key.query or key.fragment else self._plain

    def get(self, key: Key) -> Finished | None:
        """Return the finished page, if it is here."""
        with self._lock:
            return self._pages(key).get(key)

    def put(self, key: Key, page: Finished, stamp: Stamp | None) -> None:
        """Keep a page that was begun under ``stamp``, unless that has moved on since."""
        with self._lock, suppress(ValueError):  # the page alone is larger than all the room
            if stamp is not None and stamp == self.stamp:
                self._pages(key)[key] = page
                if not key.query:
                    self._to_compress.append(page)

    def move_to(self, stamp: Stamp | None) -> None:
        """Go on under another stamp: nothing of the one before is answered any more."""
        with self._lock:
            if stamp != self.stamp:
                self.stamp = stamp
                for held in (self._plain, self._queried, self._to_compress):
                    held.clear()

    def compress_one(self) -> None:
        """Compress one page further, if any waits for it; the others are answered meanwhile."""
        with suppress(IndexError):
            self._to_compress.popleft().compress()


CACHE = PageCache(settings.PAGE_CACHE_BYTES)


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
        stamp, key = CACHE.stamp, _key(request)
        if stamp is None or key is None:
            return self.get_response(request)
        page = CACHE.get(key)
        if page is None:
            response = self.get_response(request)
            if not _may_keep(response, key):
                return response
            patch_vary_headers(response, ("Accept-Encoding",))
            common = [_pair(n, v) for n, v in response.items() if n.lower() not in OF_ONE_ENCODING]
            page = Finished(common, response.content)
            CACHE.put(key, page, stamp)
        return _response(*page.answer(_header(request)))


def _header(request: HttpRequest) -> Header:
    return lambda name: request.headers.get(name, "")


def _key(request: HttpRequest) -> Key | None:
    scheme, query = request.META["wsgi.url_scheme"], request.META.get("QUERY_STRING", "")
    return find_key(str(request.method), scheme, request.path, query, _header(request))


def _may_keep(response: HttpResponse, key: Key) -> bool:
    return (
        isinstance(response, PublicPage)
        and response.status_code == 200  # noqa: PLR2004
        and response.fragment == key.fragment
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
        and "no-store" not in response.get("Cache-Control", "")
    )


def _response(status: int, headers: Headers, body: bytes) -> HttpResponse:
    response = HttpResponse(body, status=status)
    del response["Content-Type"]  # which a 304 has not
    for name, value in headers:
        response[name.decode()] = value.decode("latin-1")
    return response
