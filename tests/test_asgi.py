"""asgi.py and wsgi.py as gunicorn serves them: two workers, a database of their own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = "/zh-hant/glossary/"
ENTRIES = {
    "asgi": [],
    "wsgi": ["--worker-class=gthread", "--threads=4", "esimguide.wsgi"],
}


@dataclass
class Server:
    """A running guide."""

    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)  # noqa: S603

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        connection = self.connect()
        connection.request(
            method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        return connection.getresponse()

    def send(self, raw: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as sock:
            sock.sendall(raw)
            return sock.makefile("rb").readline()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def start(folder: Path, entry: str) -> Server:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/guide.sqlite3",
        "SECRET_KEY": "only for tests, and long enough to be taken",
        "COVERAGE_PROCESS_START": "",
    }
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", *ENTRIES[entry]]
    server = Server(port, environment, None)  # type: ignore[arg-type]
    server.manage("migrate", "--verbosity=0")
    server.manage("loaddata", "--verbosity=0", "fixtures/common/terms.json")
    server.manage("collectstatic", "--no-input", "--verbosity=0")
    log = (folder / "log").open("wb")
    server.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            server.get("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return server
    pytest.fail((folder / "log").read_text())


def stop(server: Server) -> None:
    server.process.terminate()
    server.process.wait(60)


@pytest.fixture(scope="module", params=list(ENTRIES))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    running = start(tmp_path_factory.mktemp("guide"), request.param)
    yield running
    stop(running)


def edit(server: Server, word: str) -> None:
    code = f"Term.objects.filter(slug=Term.objects.first().slug).update(word_zh_hant='{word}')"
    server.manage("shell", "--verbosity=0", "-c", f"from esimguide.models import Term; {code}")


def test_edit_is_live_in_both_workers_within_a_second(server: Server) -> None:
    lines = [server.connect() for _ in range(24)]  # enough that both workers hold some

    def texts() -> list[str]:
        answers = []
        for line in lines:
            line.request("GET", GLOSSARY)
            answers.append(line.getresponse().read().decode())
        return answers

    for _ in range(2):
        texts()
    edit(server, "改了的詞")
    time.sleep(1)
    assert [("改了的詞" in text) for text in texts()] == [True] * len(lines)
    edit(server, "又改了")
    time.sleep(1)
    assert [("改了的詞" in t, "又改了" in t) for t in texts()] == [(False, True)] * len(lines)


def test_kept_page_head_and_unchanged(server: Server) -> None:
    for _ in range(8):
        server.get(GLOSSARY, Accept_Encoding="br").read()
    time.sleep(1)  # by now it is packed as tightly as can be
    whole = server.get(GLOSSARY, Accept_Encoding="br")
    head = server.get(GLOSSARY, "HEAD", Accept_Encoding="br")
    unchanged = server.get(GLOSSARY, Accept_Encoding="br", If_None_Match=whole.headers["ETag"])
    assert len(whole.read()) == int(head.headers["Content-Length"])
    assert (head.status, head.read(), unchanged.status, unchanged.read()) == (200, b"", 304, b"")
    assert head.headers["ETag"] == unchanged.headers["ETag"] == whole.headers["ETag"]
    for name in ("Cache-Control", "Content-Security-Policy", "Vary"):
        assert unchanged.headers[name] == whole.headers[name]
    lengths = [n for n, _ in whole.getheaders() if n.lower() == "content-length"]
    assert len(lengths) == 1


def test_refused_and_odd_requests(server: Server) -> None:
    def line(target: bytes, *headers: bytes) -> bytes:
        request = b"GET " + target + b" HTTP/1.1\r\nConnection: close\r\n"
        return server.send(request + b"".join(h + b"\r\n" for h in headers) + b"\r\n").split()[1]

    host = b"Host: localhost"
    assert line(b"/zh-hant/glossary/", host) == b"200"
    assert line(b"/zh-hant/glossary/", b"Host: evil.example") == b"400"
    assert line(b"/zh-hant/glossary/?q=%FF%00", host) == b"400"
    assert line("/zh-hant/glossary/?q=補".encode(), host) in {b"200", b"400"}
    assert line(b"/zh-hant/%ff%e8/", host) == b"404"
    assert line(b"/zh-hant/glossary/?" + b"a" * 3000, host) == b"400"
    assert line(b"/zh-hant/glossary/", host, b"HX-Target: a", b"HX-Target: b") == b"200"


def test_static_file_may_be_kept_for_ever(server: Server) -> None:
    page = server.get(GLOSSARY).read().decode()
    address = page.partition('<script src="')[2].partition('"')[0]
    answer = server.get(address, Accept_Encoding="br")
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    head = server.get(address, "HEAD")
    assert (head.status, head.read()) == (200, b"")


def test_form_of_an_editor_arrives_whole(server: Server) -> None:
    line = server.connect()
    line.request("GET", "/admin/login/")
    form = line.getresponse()
    token = (
        form.read().decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    )
    cookie = str(form.headers["Set-Cookie"]).partition(";")[0]
    body = f"csrfmiddlewaretoken={token}&username=nobody&password=wrong"
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request(
        "POST", "/admin/login/", iter([body.encode()]), headers | {"Content-Length": str(len(body))}
    )
    answer = line.getresponse()
    assert answer.status == 200
    assert "errornote" in answer.read().decode()


# ---- starting, reloading, stopping ---------------------------------------------------------------


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Server]:
    running = start(tmp_path, "asgi")
    yield running
    if running.process.poll() is None:
        stop(running)


def test_reload_loses_no_request_of_a_kept_connection(lone: Server) -> None:
    lost: list[str] = []
    done = threading.Event()

    def read_on() -> None:
        line = lone.connect()
        while not done.is_set():
            try:
                line.request("GET", GLOSSARY)
                line.getresponse().read()
            except (OSError, http.client.HTTPException) as error:
                lost.append(repr(error))
                line.close()

    readers = [threading.Thread(target=read_on) for _ in range(4)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    lone.process.send_signal(signal.SIGHUP)
    time.sleep(4)
    done.set()
    for reader in readers:
        reader.join()
    assert lost == []


def test_slow_request_is_finished_on_stop(lone: Server) -> None:
    with socket.create_connection(("127.0.0.1", lone.port), timeout=20) as sock:
        sock.sendall(b"POST /zh-hant/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\na=")
        time.sleep(1)
        lone.process.terminate()
        time.sleep(3)
        sock.sendall(b"12")
        assert sock.makefile("rb").readline().split()[1] == b"405"
    assert lone.process.wait(40) == 0


def test_large_body_is_refused(lone: Server) -> None:
    answer = lone.send(
        b"POST /zh-hant/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000001\r\n\r\n"
        + b"a" * 5_000_001
    )
    assert answer.split()[1] == b"413"
