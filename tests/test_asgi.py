"""asgi.py as gunicorn serves them: two workers, a database of their own."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.faults.guide import collect_static

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = "/zh-hant/glossary/"
SOON = 10  # seconds, within which what must happen has happened on any machine


@dataclass
class Answer:
    """What came back, read whole."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Server:
    """A running guide."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def connect(self) -> closing[http.client.HTTPConnection]:
        return closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10))

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        with self.connect() as line:
            line.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def socket(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def send(self, raw: bytes) -> bytes:
        with self.socket() as sock, sock.makefile("rb") as answer:
            sock.sendall(raw)
            return answer.readline().split()[1]


def environment(folder: Path) -> dict[str, str]:
    key = "only for tests, and long enough to be taken"
    url = f"sqlite:///{folder}/guide.sqlite3"
    return {**os.environ, "DATABASE_URL": url, "SECRET_KEY": key}


def manage(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(folder), check=True, capture_output=True)  # noqa: S603


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def until(holds: Callable[[], bool], seconds: float = SOON) -> bool:
    """Ask again and again whether it holds; tell whether it did within so many seconds."""
    deadline = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def is_up(server: Server) -> bool:
    try:
        return server.get("/healthz").status == 200
    except OSError:
        return False


@contextmanager
def running(prepared: Path, folder: Path) -> Iterator[Server]:
    """Serve a copy of the prepared database, and stop in the end."""
    shutil.copy(prepared / "guide.sqlite3", folder)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment(folder), stdout=log, stderr=log
        )
    server = Server(folder, port, process)
    assert until(lambda: is_up(server), 30), (folder / "log").read_text()
    yield server
    process.terminate()
    process.wait(60)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    manage(folder, "migrate", "--verbosity=0")
    manage(folder, "loaddata", "--verbosity=0", "fixtures/common/terms.json")
    collect_static()
    return folder


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(prepared, tmp_path_factory.mktemp("guide")) as found:
        yield found


def edit(server: Server, word: str) -> None:
    code = f"Term.objects.filter(slug=Term.objects.first().slug).update(word_zh_hant='{word}')"
    manage(
        server.folder, "shell", "--verbosity=0", "-c", f"from esimguide.models import Term; {code}"
    )


def texts(server: Server) -> list[str]:
    """Return the glossary 48 times, so many at a time that both workers answer some."""
    with ThreadPoolExecutor(24) as pool:
        answers = pool.map(lambda _: server.get(GLOSSARY), range(48))
        return [answer.body.decode() for answer in answers]


def test_edit_is_live_in_both_workers_within_a_second(server: Server) -> None:
    texts(server)
    for word in ("改了的詞", "又改了"):
        edit(server, word)
        assert until(lambda: all(word in text for text in texts(server)), 1.5)  # noqa: B023


def test_kept_page_head_and_unchanged(server: Server) -> None:
    # Each worker soon has the page compressed as far as can be, under one tag.
    tags = lambda: {server.get(GLOSSARY, Accept_Encoding="br").headers["ETag"] for _ in range(24)}  # noqa: E731
    assert until(lambda: texts(server) != [] and len(tags()) == 1)
    whole = server.get(GLOSSARY, Accept_Encoding="br")
    head = server.get(GLOSSARY, "HEAD", Accept_Encoding="br")
    unchanged = server.get(GLOSSARY, Accept_Encoding="br", If_None_Match=whole.headers["ETag"])
    assert len(whole.body) == int(head.headers["Content-Length"])
    assert (head.status, head.body, unchanged.status, unchanged.body) == (200, b"", 304, b"")
    for name in ("Cache-Control", "Vary"):
        assert unchanged.headers[name] == whole.headers[name]
    lengths = [n for n, _ in whole.headers.items() if n.lower() == "content-length"]
    assert len(lengths) == 1


def test_editor_is_not_given_a_kept_page(server: Server) -> None:
    texts(server)
    assert "X-Accel-Expires" in server.get(GLOSSARY).headers
    assert "X-Accel-Expires" not in server.get(GLOSSARY, Cookie="sessionid=x").headers


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    plain = f"GET {GLOSSARY} HTTP/1.1\r\nHost: localhost\r\n".encode()
    health = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with server.socket() as sock, sock.makefile("rb") as stream:
        sock.sendall(plain[:9])
        sock.sendall(plain[9:] + b"\r\n" + plain + b"Content-Length: 2\r\n\r\nab" + health)
        answers = stream.read()
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert answers.endswith(b"ok\n")


def test_refused_and_odd_requests(server: Server) -> None:
    def line(target: bytes, *headers: bytes) -> bytes:
        request = b"GET " + target + b" HTTP/1.1\r\nConnection: close\r\n"
        return server.send(request + b"".join(h + b"\r\n" for h in headers) + b"\r\n")

    host = b"Host: localhost"
    assert line(b"/zh-hant/glossary/", host) == b"200"
    assert line(b"/zh-hant/glossary/", b"Host: evil.example") == b"400"
    assert line(b"/zh-hant/glossary/?q=%FF%00", host) == b"400"
    assert line("/zh-hant/glossary/?q=補".encode(), host) == b"400"
    assert line(b"/zh-hant/%ff%e8/", host) == b"404"
    assert line(b"/zh-hant/glossary/?" + b"a" * 3000, host) == b"400"
    assert line(b"/zh-hant/glossary/", host, b"HX-Target: a", b"HX-Target: b") == b"200"


def test_static_file_may_be_kept_for_ever(server: Server) -> None:
    page = server.get(GLOSSARY).body.decode()
    address = page.partition('data-scripts="')[2].partition(" ")[0]
    answer = server.get(address, Accept_Encoding="br")
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    head = server.get(address, "HEAD")
    assert (head.status, head.body) == (200, b"")


def test_form_of_an_editor_arrives_whole(server: Server) -> None:
    form = server.get("/admin/login/")
    field = form.body.decode().partition('name="csrfmiddlewaretoken" value="')[2]
    body = f"csrfmiddlewaretoken={field.partition('"')[0]}&username=nobody&password=wrong"
    headers = {
        "Cookie": str(form.headers["Set-Cookie"]).partition(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with server.connect() as line:
        line.request("POST", "/admin/login/", body, headers)
        answer = line.getresponse()
        assert (answer.status, "errornote" in answer.read().decode()) == (200, True)


# ---- starting, reloading, stopping ---------------------------------------------------------------


@pytest.fixture
def lone(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    with running(prepared, tmp_path) as found:
        yield found


def test_slow_request_is_finished_on_stop(lone: Server) -> None:
    with lone.socket() as sock, sock.makefile("rb") as answer:
        sock.sendall(b"POST /zh-hant/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\na=")
        assert lone.get("/healthz").status == 200  # what came before has been read
        lone.process.terminate()
        assert until(lambda: "Shutting down" in (lone.folder / "log").read_text())
        sock.sendall(b"12")
        assert answer.readline().split()[1] == b"405"
    assert lone.process.wait(40) == 0


def test_slow_senders_of_forms_hold_up_nobody(server: Server) -> None:
    half = b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\na="
    with ExitStack() as held:
        for _ in range(20):
            held.enter_context(server.socket()).sendall(half)
        assert server.get("/admin/login/").status == 200


def test_body_beyond_all_forms_is_refused(server: Server) -> None:
    ask = b"POST /zh-hant/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000001\r\n\r\n"
    assert server.send(ask + b"a" * 5_000_001) == b"413"


def test_old_workers_end_after_a_reload(lone: Server) -> None:
    def said(words: str) -> int:
        return (lone.folder / "log").read_text().count(words)

    assert until(lambda: said("Application startup complete") == 2, 30)
    lone.process.send_signal(signal.SIGHUP)
    assert until(lambda: said("Application startup complete") == 4, 30)
    assert until(lambda: said("Finished server process") == 2, 30)
    assert lone.get(GLOSSARY).status == 200
