"""How often one address may post, sign in or search, counted across processes and machines.

Reading is never limited. No plain address is kept: what is counted under is a hash of it, keyed
with the day and the secret key, and the count is deleted soon after its time is over.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.crypto import salted_hmac

from esimguide.models import RateLimitCounter


@dataclass(frozen=True)
class Limit:
    """At most ``times`` in ``seconds`` from one address."""

    name: str
    times: int
    seconds: int


SIGN_IN = Limit("sign-in", 20, 600)
# A school or a shop may have 300 readers behind one address.
POSTS = Limit("posts", 1000, 600)  # a question is posted twice: before and after likely answers
SEARCH = Limit("search", 600, 60)

WITH_PORT = re.compile(r"\[([^\[\]]+)\](?::\d+)?|([\d.]+):\d+")


def wait(limit: Limit, meta: Mapping[str, str]) -> int:
    """Count one more from the sender of the request with these headers (``request.META``).

    Return 0, or after how many seconds the next one will be let through. Where nothing can be
    counted, because the database is away or full, nobody is held back.
    """
    now = time.time()
    window, passed = divmod(int(now), limit.seconds)
    key = f"{limit.name}:{window}:{_sender(client_ip(meta))}"
    try:
        count = RateLimitCounter.objects.add_one(key, seconds=limit.seconds)
    except DatabaseError:
        return 0
    return 0 if count <= limit.times else limit.seconds - passed


def client_ip(meta: Mapping[str, str]) -> str:
    """Return the sender's network address; "" where there is none (a socket file).

    Behind TRUSTED_PROXIES proxies it is the one that the outermost of them saw. Anything a sender
    wrote into X-Forwarded-For stands further left, and is not read.
    """
    hops = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
    count = settings.TRUSTED_PROXIES
    seen = _address(hops[-count]) if 0 < count <= len(hops) else ""
    return seen or _address(meta.get("REMOTE_ADDR", ""))


def hashed_sender(meta: Mapping[str, str]) -> str | None:
    """Return the sender's hash in the form of an address, which django-axes has a column for."""
    address = client_ip(meta)
    return str(IPv6Address(int(_sender(address), 16))) if address else None


def _address(hop: str) -> str:
    """Return the address in its usual form; "" if it is none. Some proxies add port or brackets."""
    hop = hop.strip(' \t"')
    found = WITH_PORT.fullmatch(hop)
    try:
        parsed = ip_address(found[1] or found[2] if found else hop)
    except ValueError:
        return ""
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _sender(text: str) -> str:
    """Return the hash; of a version 6 address the network, since one person has all of it."""
    parsed = ip_address(text) if text else None
    if isinstance(parsed, IPv6Address):
        text = str(ip_network((int(parsed) >> 64 << 64, 64)))
    day = timezone.now().date().isoformat()
    return salted_hmac(f"esimguide.limits {day}", text, algorithm="sha256").hexdigest()[:32]
