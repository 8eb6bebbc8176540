"""link_checker.py, against servers on this machine that misbehave."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from esimguide.models import LinkCheck
from esimguide.ops.link_checker import Answer, is_public, probe

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
type Talk = Callable[[socket.socket], None]


def on_this_machine(address: str) -> bool:
    """Allow what no deployment allows: the servers of these tests."""
    return address in {"127.0.0.1", "::1"}


@contextlib.contextmanager
def server(talk: Talk) -> Iterator[tuple[str, list[bytes]]]:
    """Run a server that reads a request and then does ``talk``; yield its address and requests."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    caller, _ = listening.accept()
                    with caller, contextlib.suppress(OSError):
                        asked.append(caller.recv(65536))
                        talk(caller)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", asked
        # Wakes accept(), which closing alone would not.
        listening.shutdown(socket.SHUT_RDWR)


def says(answer: bytes) -> Talk:
    return lambda caller: caller.sendall(answer)


def ask(talk: Talk, path: str = "") -> Answer:
    with server(talk) as (url, _):
        return probe(url + path, allowed=on_this_machine, seconds=1)


def status(line: str, *headers: str) -> Talk:
    return says("\r\n".join([f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "", ""]).encode())


# ---- where it will not go ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *(".".join("0000"), "100.64.0.1", "192.0.2.1", "198.18.0.1"),
        *("224.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1"),
        *("64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8"),
        *("::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1", "fec0::1", "2001:0:7f00:1::1"),
        *("2001::1", "100::1", "4000::1", "5f00::1"),
    ],
)
def test_private_addresses_are_none_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700:4700::1111", "2400:3200::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"],
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_a_private_address_is_refused_before_a_connection(host: str) -> None:
    with server(says(OK)) as (url, asked):
        answer = probe(url.replace("127.0.0.1", host))
        assert answer.outcome == LinkCheck.Outcome.REFUSED
        assert asked == []


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "gopher://a.example/"),
        *("//a.example/", "a.example", "", "https://", "https://[", "https://a.example:99999/"),
        *("https://me:secret@a.example/", "http://a.example:0/"),
    ],
)
def test_an_odd_address_is_refused(url: str) -> None:
    assert probe(url).outcome == LinkCheck.Outcome.REFUSED


def test_a_name_is_resolved_once_and_one_private_address_spoils_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("8.8.8.8", port)), (*kind, ("127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    assert probe("http://two.example/").outcome == LinkCheck.Outcome.REFUSED
    assert asked == ["two.example"]


@pytest.mark.parametrize("address", ["64:ff9b::a9fe:a9fe", "::127.0.0.1", "fec0::1"])
def test_a_name_that_leads_to_a_private_address_in_disguise_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    entry = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, 80, 0, 0))
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [entry])
    assert probe("http://one.example/").outcome == LinkCheck.Outcome.REFUSED


def test_a_look_up_that_hangs_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        rest.wait(30)
        return []

    monkeypatch.setattr("socket.getaddrinfo", hang)
    start = time.monotonic()
    answer = probe("http://one.example/", seconds=0.3)
    took = time.monotonic() - start
    rest.set()
    assert answer == Answer(LinkCheck.Outcome.SILENT, "TimeoutError")
    assert took < 10


def test_the_connection_goes_to_the_address_that_was_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = socket.getaddrinfo
    with server(says(OK)) as (url, asked):
        port = int(url.rsplit(":", 1)[1].strip("/"))
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        found = [(*kind, ("127.0.0.1", port))]

        def resolve(host: str, *rest: object, **more: object) -> object:
            # A second question for the name would be answered with an address nobody serves.
            if host == "once.example":
                return [found.pop()]
            return real(host, *rest, **more)  # type: ignore[arg-type]

        monkeypatch.setattr("socket.getaddrinfo", resolve)
        answer = probe(f"http://once.example:{port}/p?q=1", allowed=on_this_machine)
        assert answer == Answer(LinkCheck.Outcome.GOOD, "200")
        assert asked[0].startswith(b"GET /p?q=1 HTTP/1.1\r\nHost: once.example:")


# ---- how it answers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("200 OK", LinkCheck.Outcome.GOOD),
        ("204 No Content", LinkCheck.Outcome.GOOD),
        ("403 Forbidden", LinkCheck.Outcome.GOOD),
        ("429 Too Many Requests", LinkCheck.Outcome.GOOD),
        ("404 Not Found", LinkCheck.Outcome.GONE),
        ("410 Gone", LinkCheck.Outcome.GONE),
        ("500 Oops", LinkCheck.Outcome.BROKEN),
        ("503 Busy", LinkCheck.Outcome.BROKEN),
    ],
)
def test_a_status_is_judged(line: str, outcome: LinkCheck.Outcome) -> None:
    assert ask(status(line)) == Answer(outcome, line[:3])


def test_another_host_is_not_followed() -> None:
    with server(says(OK)) as (other, asked):
        target = other.replace("127.0.0.1", "localhost")
        answer = ask(status("302 Found", f"Location: {target}"))
        assert answer == Answer(LinkCheck.Outcome.MOVED, target)
        assert asked == []


def test_the_same_host_is_followed_to_an_end() -> None:
    assert ask(status("301 Redirect", "Location: /again")).detail == "too many redirects"
    hops = iter([b"HTTP/1.1 301 M\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n", OK])
    assert ask(lambda caller: caller.sendall(next(hops))) == Answer(LinkCheck.Outcome.GOOD, "200")
    assert (
        ask(status("302 Found", "Location: file:///etc/passwd")).outcome == LinkCheck.Outcome.MOVED
    )
    assert ask(status("302 Found")) == Answer(LinkCheck.Outcome.GOOD, "302")


def drip(caller: socket.socket) -> None:
    """Send a header that never ends, a byte at a time."""
    caller.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        caller.sendall(b"x")
        time.sleep(0.05)


def flood(caller: socket.socket) -> None:
    """Send a body that never ends."""
    caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        caller.sendall(b"x" * 65536)


def silence(caller: socket.socket) -> None:
    """Say nothing until the caller hangs up."""
    caller.recv(1)


@pytest.mark.parametrize("talk", [drip, silence])
def test_a_slow_server_costs_no_more_than_the_limit(talk: Talk) -> None:
    start = time.monotonic()
    assert ask(talk).outcome == LinkCheck.Outcome.SILENT
    assert time.monotonic() - start < 2


def test_an_endless_page_is_read_in_part() -> None:
    assert ask(flood) == Answer(LinkCheck.Outcome.GOOD, "200")


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"\x00\xff", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/9"),
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    ],
)
def test_nonsense_is_no_answer(answer: bytes) -> None:
    assert ask(says(answer)).outcome == LinkCheck.Outcome.SILENT


def test_a_page_that_is_not_secured_has_no_https() -> None:
    with server(says(OK)) as (url, _):
        https = url.replace("http:", "https:")
        assert probe(https, allowed=on_this_machine, seconds=1).outcome == LinkCheck.Outcome.SILENT


def test_letters_of_any_script_may_stand_in_an_address() -> None:
    with server(says(OK)) as (url, asked):
        answer = probe(f"{url}補領?q=費", allowed=on_this_machine, seconds=1)
        assert answer.outcome == LinkCheck.Outcome.GOOD
        assert asked[0].startswith(b"GET /%E8%A3%9C%E9%A0%98?q=%E8%B2%BB HTTP/1.1\r\n")


def test_nobody_listens() -> None:
    with server(says(OK)) as (url, _):
        pass
    assert probe(url, allowed=on_this_machine, seconds=1).outcome == LinkCheck.Outcome.SILENT
