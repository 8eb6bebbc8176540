"""Tries an address that an editor typed, without letting it lead anywhere inside our own network.

The name is resolved once, every address it has must be public, and the connection goes to the very
address that was judged, so that a name cannot change its mind in between. Nothing is followed to
another host, and little is read.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from esimguide.models import LinkCheck

SECONDS = 5.0  # for one address, all in all
MAX_BYTES = 64 * 1024  # of an answer's body; the rest is not fetched
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
AGENT = "Mozilla/5.0 (compatible; HK-eSIM-guide link check)"
GONE = {404, 410}
MOVED = {301, 302, 303, 307, 308}
REACHABLE_BUT_REFUSED = {401, 403, 405, 429}  # the page is there, but speaks to people only

type Outcome = LinkCheck.Outcome
type Allowed = Callable[[str], bool]


class AddressError(Exception):
    """The address is none that may be opened."""


@dataclass(frozen=True)
class Answer:
    """How an address answered: ``detail`` is a status, a host, or what went wrong, in English."""

    outcome: Outcome
    detail: str = ""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet, IPv4 inside IPv6 unwrapped."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def probe(url: str, *, allowed: Allowed = is_public, seconds: float = SECONDS) -> Answer:
    """Open ``url`` and tell how it answers; takes no longer than ``seconds``.

    ``allowed`` judges each IP address that the name resolves to.
    """
    deadline = time.monotonic() + seconds
    try:
        for _hop in range(MAX_REDIRECTS + 1):
            parts = _split(url)
            status, target = _ask(parts, _address(parts, allowed), deadline)
            if status not in MOVED or not target:
                return _judge(status)
            if not _same_host(parts, urlsplit(urljoin(url, target))):
                return Answer(LinkCheck.Outcome.MOVED, urljoin(url, target)[:200])
            url = urljoin(url, target)
    except AddressError as refused:
        return Answer(LinkCheck.Outcome.REFUSED, str(refused))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(LinkCheck.Outcome.SILENT, type(error).__name__)
    return Answer(LinkCheck.Outcome.BROKEN, "too many redirects")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_odd = parts.port == 0
    except ValueError as error:
        raise AddressError("no address") from error
    if parts.scheme not in PORTS or not parts.hostname or is_odd:
        raise AddressError("neither http nor https")
    if parts.username or parts.password:
        raise AddressError("a name or password in the address")
    return parts


def _address(parts: SplitResult, allowed: Allowed) -> str:
    """Return the one IP address to connect to; AddressError if any of the host's is not allowed."""
    port = parts.port or PORTS[parts.scheme]
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not all(map(allowed, addresses)):
        raise AddressError("an address inside a private network")
    return addresses[0]


def _ask(parts: SplitResult, address: str, deadline: float) -> tuple[int, str]:
    """Return the status and where it leads; OSError once ``deadline`` has passed."""
    host, port = str(parts.hostname).encode("idna").decode(), parts.port or PORTS[parts.scheme]
    path = iri_to_uri(f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}")
    plain = socket.create_connection((address, port), timeout=_left(deadline))
    with _secured(plain, host, parts.scheme) as open_socket, _cut_at(deadline, open_socket):
        if isinstance(open_socket, ssl.SSLSocket):
            open_socket.do_handshake()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = open_socket
        connection.request("GET", path, headers={"User-Agent": AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        response.read(MAX_BYTES)
        _left(deadline)  # a connection cut in its headers looks like an answer
        return response.status, response.getheader("Location") or ""


def _secured(plain: socket.socket, host: str, scheme: str) -> socket.socket:
    if scheme == "http":
        return plain
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


@contextlib.contextmanager
def _cut_at(deadline: float, open_socket: socket.socket) -> Iterator[None]:
    """Shut the connection at ``deadline``: a time limit of its own holds each read only, and a
    server that sends a byte a second would never meet it.
    """
    timer = threading.Timer(_left(deadline), _shut, [open_socket])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(open_socket: socket.socket) -> None:
    with contextlib.suppress(OSError):
        open_socket.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _judge(status: int) -> Answer:
    if status in GONE:
        return Answer(LinkCheck.Outcome.GONE, str(status))
    is_good = status < http.HTTPStatus.BAD_REQUEST or status in REACHABLE_BUT_REFUSED
    return Answer(LinkCheck.Outcome.GOOD if is_good else LinkCheck.Outcome.BROKEN, str(status))


def _same_host(one: SplitResult, other: SplitResult) -> bool:
    """Tell whether a redirect stays: on the same host, www or not, never from https to http."""
    if (one.scheme, other.scheme) == ("https", "http"):
        return False
    hosts = [str(parts.hostname or "").removeprefix("www.") for parts in (one, other)]
    return hosts[0] == hosts[1]
