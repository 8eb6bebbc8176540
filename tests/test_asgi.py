"""asgi.py, wsgi.py and worker.py as gunicorn serves them: two workers, a database of their own."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.faults.guide import collect_static

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = "/zh-hant/glossary/"
ENTRIES = {
    "asgi": [],
    "wsgi": ["--worker-class=gthread", "--threads=4", "esimguide.wsgi"],
}


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


def is_up(server: Server) -> bool:
    try:
        return server.get("/healthz").status == 200
    except OSError:
        return False


@contextmanager
def running(prepared: Path, folder: Path, entry: str) -> Iterator[Server]:
    """Serve a copy of the prepared database, and stop in the end."""
    shutil.copy(prepared / "guide.sqlite3", folder)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", *ENTRIES[entry]]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment(folder), stdout=log, stderr=log
        )
    server = Server(folder, port, process)
    deadline = time.monotonic() + 30
    while not is_up(server):
        assert time.monotonic() < deadline, (folder / "log").read_text()
        time.sleep(0.1)
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


@pytest.fixture(scope="module", params=list(ENTRIES))
def server(
    request: pytest.FixtureRequest, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with running(prepared, tmp_path_factory.mktemp("guide"), request.param) as found:
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
    for _ in range(2):
        texts(server)
    edit(server, "改了的詞")
    time.sleep(1)
    assert [("改了的詞" in text) for text in texts(server)] == [True] * 48
    edit(server, "又改了")
    time.sleep(1)
    assert [("改了的詞" in t, "又改了" in t) for t in texts(server)] == [(False, True)] * 48


def test_kept_page_head_and_unchanged(server: Server) -> None:
    for _ in range(2):
        texts(server)
        time.sleep(1)  # in the end both have packed it as tightly as can be
    whole = server.get(GLOSSARY, Accept_Encoding="br")
    head = server.get(GLOSSARY, "HEAD", Accept_Encoding="br")
    unchanged = server.get(GLOSSARY, Accept_Encoding="br", If_None_Match=whole.headers["ETag"])
    assert len(whole.body) == int(head.headers["Content-Length"])
    assert (head.status, head.body, unchanged.status, unchanged.body) == (200, b"", 304, b"")
    assert head.headers["ETag"] == unchanged.headers["ETag"] == whole.headers["ETag"]
    for name in ("Cache-Control", "Vary"):
        assert unchanged.headers[name] == whole.headers[name]
    lengths = [n for n, _ in whole.headers.items() if n.lower() == "content-length"]
    assert len(lengths) == 1


PLAIN = f"GET {GLOSSARY} HTTP/1.1\r\nHost: localhost\r\n".encode()


def test_short_and_long_way_give_the_same_answer(lone: Server) -> None:
    # Two requests at once, half a request, a header that gunicorn drops: all go the long way.
    with lone.socket() as sock, sock.makefile("rb") as stream:

        def answer() -> tuple[bytes, dict[bytes, bytes], bytes]:
            status = stream.readline()
            lines = iter(stream.readline, b"\r\n")
            headers = dict(line.rstrip().split(b": ", 1) for line in lines)
            return status, headers, stream.read(int(headers.get(b"content-length", 0)))

        def ask(*pieces: bytes) -> list[tuple[bytes, dict[bytes, bytes], bytes]]:
            for piece in pieces:
                sock.sendall(piece)
                time.sleep(0.2)
            count = b"".join(pieces).count(b"HTTP/1.1")
            answers = [answer() for _ in range(count)]
            for _status, headers, _body in answers:
                headers.pop(b"Date")
            return answers

        ask(PLAIN + b"\r\n")
        time.sleep(2)  # finished, and packed as tightly as can be
        [short] = ask(PLAIN + b"\r\n")
        assert short[0] == b"HTTP/1.1 200 OK\r\n"
        assert ask((PLAIN + b"\r\n") * 2) == [short, short]
        assert ask(PLAIN[:9], PLAIN[9:], b"\r\n") == [short]
        assert ask(b"\r\n", PLAIN + b"\r\n") == [short]
        assert ask(PLAIN + b"Content-Length: 0\r\n\r\n") == [short]
        assert ask(PLAIN + b"\r\n", PLAIN[:30], PLAIN[30:] + b"\r\n") == [short, short]
        sock.sendall(PLAIN + b"Content-Length: 2\r\n\r\nab" + PLAIN + b"\r\n")
        assert [answer()[0], answer()[0]] == [short[0], short[0]]
        assert ask(PLAIN + b"\r\n") == [short]


def test_refused_and_odd_requests(server: Server) -> None:
    def line(target: bytes, *headers: bytes) -> bytes:
        request = b"GET " + target + b" HTTP/1.1\r\nConnection: close\r\n"
        return server.send(request + b"".join(h + b"\r\n" for h in headers) + b"\r\n")

    host = b"Host: localhost"
    assert line(b"/zh-hant/glossary/", host) == b"200"
    assert line(b"/zh-hant/glossary/", b"Host: evil.example") == b"400"
    assert line(b"/zh-hant/glossary/?q=%FF%00", host) == b"400"
    assert line("/zh-hant/glossary/?q=補".encode(), host) in {b"200", b"400"}
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
    with running(prepared, tmp_path, "asgi") as found:
        yield found


def test_reload_loses_no_request_of_a_kept_connection(lone: Server) -> None:
    lost: list[str] = []
    count = 0
    done = threading.Event()

    def read_on() -> None:
        nonlocal count
        with lone.connect() as line:
            while not done.is_set():
                try:
                    line.request("GET", GLOSSARY)
                    line.getresponse().read()
                    count += 1
                except (OSError, http.client.HTTPException) as error:
                    lost.append(repr(error))
                    line.close()

    readers = [threading.Thread(target=read_on) for _ in range(4)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    lone.process.send_signal(signal.SIGHUP)
    time.sleep(5)
    done.set()
    for reader in readers:
        reader.join()
    assert lost == []
    assert count > 100


def test_slow_request_is_finished_on_stop(lone: Server) -> None:
    with lone.socket() as sock, sock.makefile("rb") as answer:
        sock.sendall(b"POST /zh-hant/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\na=")
        time.sleep(1)
        lone.process.terminate()
        time.sleep(3)
        sock.sendall(b"12")
        assert answer.readline().split()[1] == b"405"
    assert lone.process.wait(40) == 0


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST /zh-hant/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000001\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nA : b\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
    ],
)
def test_what_never_reaches_django_is_refused_with_safety_headers(
    lone: Server, request_: bytes, status: bytes
) -> None:
    with lone.socket() as sock, sock.makefile("rb") as stream:
        sock.sendall(request_ + b"a" * 5_000_001 * (status == b"413"))
        assert stream.readline().split()[1] == status
        lines = [line.split(b": ")[0].lower() for line in iter(stream.readline, b"\r\n")]
    assert {
        *(b"content-security-policy", b"x-content-type-options", b"x-frame-options"),
        *(b"referrer-policy", b"permissions-policy", b"cross-origin-opener-policy"),
        *(b"cross-origin-embedder-policy", b"cross-origin-resource-policy", b"connection"),
    } <= set(lines)
