"""Raw bytes: malformed requests from a fixed seed, smuggled pairs, forged headers."""

import random
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from bench.faults.guide import HOST, TOKEN, Client, Guide
from bench.faults.nginx import in_front_of

OK, BAD, TOO_MANY, SERVER_ERROR = 200, 400, 429, 500
LOGIN = "/admin/login/"
FORM = {
    "Cookie": f"csrftoken={TOKEN}",
    "Content-Type": "application/x-www-form-urlencoded",
}
BODY = f"csrfmiddlewaretoken={TOKEN}&username=nobody&password=wrong"
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
LONGEST = 10  # seconds for one answer; more is a hang
SHORTEST = 2  # seconds for which an answer to half a request is awaited
ASK = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
LOGIN = "/admin/login/"
FORM = {
    "Cookie": f"csrftoken={TOKEN}",
    "Content-Type": "application/x-www-form-urlencoded",
}
BODY = f"csrfmiddlewaretoken={TOKEN}&username=nobody&password=wrong"
SMUGGLED = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def send(port: int, data: bytes, *, is_all: bool = True) -> bytes:
    """Send raw bytes and return all that comes back.

    With ``is_all`` the server is told that there is no more, and silence is a hang; without, it
    may wait for more in vain.
    """
    with socket.create_connection((HOST, port), timeout=LONGEST if is_all else SHORTEST) as sock:
        with suppress(OSError):
            sock.sendall(data)
            if is_all:
                sock.shutdown(socket.SHUT_WR)
        answer = b""
        with suppress(ConnectionResetError, *(() if is_all else (TimeoutError,))):
            while part := sock.recv(65536):
                answer += part
        return answer


# ---- malformed ---------------------------------------------------------------------------------


def _noise(dice: random.Random, size: int = 200) -> bytes:
    return dice.randbytes(dice.randint(1, size))


def _token(dice: random.Random) -> bytes:
    return bytes(dice.choice(b"ABCXYZabc-_!#$%&'*+.^`|~") for _ in range(dice.randint(1, 12)))


KINDS: tuple[Callable[[random.Random], bytes], ...] = (
    _noise,
    lambda d: b"\x00" * d.randint(1, 99),
    lambda d: b"\x16\x03\x01" + _noise(d),  # the start of TLS
    lambda d: _token(d) + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    lambda d: b"GET " + _noise(d) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    lambda d: b"GET / HTTP/" + _noise(d, 5) + b"\r\nHost: localhost\r\n\r\n",
    lambda d: b"GET /" + b"a" * d.randint(4000, 20_000) + b" HTTP/1.1\r\n\r\n",
    lambda d: ASK + b"X: y\r\n" * d.randint(90, 200) + b"\r\n",
    lambda d: ASK + b"X: " + b"y" * d.randint(7000, 20_000) + b"\r\n\r\n",
    lambda d: ASK + _noise(d) + b"\r\n\r\n",
    lambda d: ASK + b"Content-Length: " + _noise(d, 8) + b"\r\n\r\nbody",
    lambda d: ASK + b"Transfer-Encoding: chunked\r\n\r\n" + _noise(d, 30),
    lambda d: b"GET /healthz HTTP/1.1\r\nHost: " + _noise(d, 40) + b"\r\n\r\n",
    lambda d: ASK + b"Cookie: sessionid=" + _noise(d) + b"\r\n\r\n",
    lambda d: ASK[: d.randint(1, len(ASK))],
    lambda d: (
        b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        + _noise(d, 40)
        + b"\r\nContent-Length: 9\r\n\r\n"
        + _noise(d, 9)
    ),
)


def malformed(folder: Path, times: int = 10_000, seed: int = 8) -> str:
    """Send ``times`` broken requests of 16 kinds: never a 5xx, never a hang, alive afterwards."""
    dice = random.Random(seed)  # noqa: S311 (no secret hangs on it)
    requests = [KINDS[number % len(KINDS)](dice) for number in range(times)]
    start = time.monotonic()
    with Guide(folder) as guide:
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda data: send(guide.port, data), requests))
        alive = guide.get("/readyz")[0]
    seen = Counter(int(m[1]) if (m := STATUS.match(a)) else 0 for a in answers)
    wrong = {status: n for status, n in seen.items() if status >= SERVER_ERROR}
    worst = next((r[:80] for r, a in zip(requests, answers, strict=True) if b" 50" in a[:13]), b"")
    assert not wrong, f"{wrong}, the first from {worst!r}"
    assert alive == OK
    told = f"{times} requests in {time.monotonic() - start:.0f} s, 0 hung"
    return f"{told}: {dict(sorted(seen.items()))}"


# ---- smuggled ----------------------------------------------------------------------------------

POST = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\n"
PAIRS = {
    "length and chunks": POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 0\r\n\r\n",
    "a list of lengths": POST + b"Content-Length: 5, 0\r\n\r\n",
    "a signed length": POST + b"Content-Length: +0\r\n\r\n",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n",
    "two hosts": POST + b"Host: evil.example\r\nContent-Length: 0\r\n\r\n",
    "an unknown coding": POST + b"Transfer-Encoding: x, chunked\r\n\r\n0\r\n\r\n",
    "chunked twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "a tab before chunked": POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": POST + b"Content-Length : 0\r\n\r\n",
    "a folded header": POST + b"X: y\r\n Content-Length: 9\r\n\r\n",
    "a bad chunk size": POST + b"Transfer-Encoding: chunked\r\n\r\n0x1\r\nA\r\n0\r\n\r\n",
    "a chunk without its end": POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nAB0\r\n\r\n",
    "an underscore": POST + b"Content_Length: 40\r\nContent-Length: x\r\n\r\n",
    "a bare CR": POST + b"X: y\rContent-Length: 40\r\n\r\n",
    "a NUL": POST + b"X: y\x00\r\nContent-Length: 0\r\n\r\n",
}


# Not allowed, but where the first ends is plain; uvicorn reads on, nginx refuses them.
PLAIN_ENDS = {"two hosts", "an unknown coding"}


def smuggling(folder: Path) -> str:
    """Hide a second request behind an ambiguous first: alone it gets no answer of its own."""
    with Guide(folder) as guide:
        return _smuggle(guide, {n: p for n, p in PAIRS.items() if n not in PLAIN_ENDS})


def smuggling_behind_nginx(folder: Path) -> str:
    """Do the same through nginx, with all pairs."""
    with Guide(folder) as guide, in_front_of(guide.port, folder / "nginx") as nginx:
        return _smuggle(nginx, PAIRS)


def _smuggle(client: Client, pairs: dict[str, bytes]) -> str:
    answers = {n: send(client.port, data + SMUGGLED, is_all=False) for n, data in pairs.items()}
    doubled = [name for name, answer in answers.items() if len(STATUS.findall(answer)) > 1]
    smuggled = [name for name, answer in answers.items() if b"Sitemap:" in answer]
    assert not doubled + smuggled, f"two answers: {doubled}, the hidden page: {smuggled}"
    seen = Counter(int(m[1]) if (m := STATUS.match(a)) else 0 for a in answers.values())
    return f"{len(pairs)} pairs, never two answers: {dict(sorted(seen.items()))}"


# ---- forged ------------------------------------------------------------------------------------


def forged(folder: Path) -> str:
    """Forge Host and X-Forwarded-*: they change no link, no scheme, and no limit."""
    evil = "evil.example"
    with Guide(folder) as guide:
        for host in (evil, "127.0.0.1.evil.example", f"localhost@{evil}", "localhost:99999", "é"):
            data = (
                b"GET /zh-hant/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host.encode()
            )
            answer = send(guide.port, data, is_all=False)
            assert STATUS.match(answer), host
            assert (b" 400 " in answer[:16], evil.encode() in answer) == (True, False), host
        headers = {"X-Forwarded-Host": evil, "X-Forwarded-Proto": "https", "Forwarded": evil}
        for path in ("/zh-hant/", "/sitemap.xml", "/"):
            plain, odd = guide.get(path), guide.get(path, headers)
            assert plain == odd, f"{path} changed"
        statuses = [
            guide.ask("POST", LOGIN, BODY, FORM | {"X-Forwarded-For": f"198.51.100.{i}"})[0]
            for i in range(25)
        ]
        assert statuses[-1] == TOO_MANY, f"the limit was dodged: {statuses}"
        assert guide.get("/zh-hant/")[0] == OK, "reading was held back too"
    return "5 hosts refused, 3 pages unchanged, 25 forged addresses counted as one"
