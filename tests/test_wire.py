"""wire.py: which requests are answered from their bytes alone, and that odd ones are not."""

from collections.abc import Iterator

import pytest

from esimguide import pagecache
from esimguide.pagecache import CACHE, Finished, Key
from esimguide.wire import LONGEST, at_once

PATH = "/zh-hant/glossary/"
PAGE = Finished([(b"vary", b"Accept-Encoding")], b"page " * 400)
HOST = "Host: localhost"


@pytest.fixture(autouse=True)
def _finished() -> Iterator[None]:
    pagecache._key.cache_clear()
    CACHE.move_to((1,))
    CACHE.put(Key("localhost", False, PATH, "", ""), PAGE, (1,))
    CACHE.put(Key("localhost", False, PATH, "q=%E8", ""), PAGE, (1,))
    yield
    CACHE.move_to(None)


def request(*headers: str, method: str = "GET", target: str = PATH, version: str = "1.1") -> bytes:
    lines = [f"{method} {target} HTTP/{version}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


def test_finished_page_is_answered() -> None:
    assert at_once(request(HOST, "Accept-Encoding: gzip, br")) == (
        200,
        PAGE.br.headers,
        PAGE.br.body,
    )
    assert at_once(request("hOST:localhost \t", "Accept-Encoding: gzip")) == (
        200,
        PAGE.gzip.headers,
        PAGE.gzip.body,
    )
    known = f"If-None-Match: {PAGE.br.etag.decode()}"
    unchanged = (304, PAGE.br.unchanged, b"")
    assert at_once(request(HOST, "Accept-Encoding: br", known)) == unchanged
    head = request(HOST, "Accept-Encoding: br", "Connection: keep-alive", method="HEAD")
    assert at_once(head) == (200, PAGE.br.headers, b"")
    assert at_once(request(HOST, target=f"{PATH}?q=%E8")) is not None


PLAIN = request(HOST)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(PLAIN[:-2], id="not whole"),
        pytest.param(PLAIN + b"GET", id="more after it"),
        pytest.param(PLAIN + PLAIN, id="two at once"),
        pytest.param(b"\r\n" + PLAIN, id="empty line first"),
        pytest.param(PLAIN.replace(b"\r\n", b"\n"), id="bare line feeds"),
        pytest.param(PLAIN.replace(b"GET ", b"GET  "), id="two spaces"),
        pytest.param(request(), id="no host"),
        pytest.param(request(HOST, HOST), id="two hosts"),
        pytest.param(request("Host: other.example"), id="another's host"),
        pytest.param(request(HOST, version="1.0"), id="older"),
        pytest.param(request(HOST, method="POST"), id="posts"),
        pytest.param(request(HOST, method="get"), id="no method"),
        pytest.param(request(HOST, target=f"http://localhost{PATH}"), id="whole address"),
        pytest.param(request(HOST, target="/zh-hant/%67lossary/"), id="escaped path"),
        pytest.param(request(HOST, target=f"{PATH}#a"), id="fragment"),
        pytest.param(request(HOST, target="/zh-hant/topics/"), id="not finished"),
        pytest.param(request(HOST, "Content-Length: 0"), id="length"),
        pytest.param(request(HOST, "Transfer-Encoding: chunked"), id="chunks"),
        pytest.param(request(HOST, "Expect: 100-continue"), id="expects"),
        pytest.param(request(HOST, "Upgrade: h2c"), id="upgrade"),
        pytest.param(request(HOST, "Connection: close"), id="closes"),
        pytest.param(request(HOST, "Content_Length: 3"), id="underscore"),
        pytest.param(request(HOST, "A : b"), id="space before the colon"),
        pytest.param(request(HOST, "A: b", " c"), id="folded line"),
        pytest.param(request(HOST, "A: b\rContent-Length: 3"), id="bare return"),
        pytest.param(request(HOST, "A: \0"), id="zero byte"),
        pytest.param(request(HOST, "A: \xe9"), id="not ascii"),
        pytest.param(request(HOST, "Cookie: sessionid=x"), id="an editor"),
        pytest.param(request(HOST, "HX-Target: steps"), id="another's fragment"),
        pytest.param(request(HOST, f"A: {'b' * LONGEST}"), id="long"),
    ],
)
def test_odd_request_is_left_to_the_long_way(odd: bytes) -> None:
    assert at_once(PLAIN) is not None
    assert at_once(odd) is None
