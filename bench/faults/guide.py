"""A guide of its own for one fault: a database, a server on a free loopback port, an editor."""

import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Self
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
HOST = "127.0.0.1"
KEY = "only for faults, and long enough to be taken"
SESSION = """
from django.test import Client
from django.contrib.auth.models import User
user, _ = User.objects.get_or_create(username="faults", is_staff=True, is_superuser=True)
client = Client()
client.force_login(user)
print("COOKIE", next(iter(client.cookies.values())).value)
"""
TOKEN = "a" * 32


def environment(**own: str) -> dict[str, str]:
    """Return a plain environment for the guide's processes, with ``own`` on top."""
    return {"PATH": f"{BIN}:{os.environ['PATH']}", "SECRET_KEY": KEY, "ADMIN_OTP": "0", **own}


def manage(*arguments: str, **own: str) -> str:
    """Run a command of the guide, return what it printed; raises when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(**own), capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise RuntimeError(ended.stderr[-2000:])
    return ended.stdout


@cache
def filled() -> Path:
    """Return a SQLite file with the shipped content, made once a run; copy it, do not use it."""
    path = Path(mkdtemp(prefix="guide-")) / "guide.sqlite3"
    manage("migrate", "--verbosity=0", DATABASE_URL=f"sqlite:///{path}")
    manage("load_content", DATABASE_URL=f"sqlite:///{path}")
    collect_static()
    return path


def collect_static() -> None:
    """Collect the static files, unless they are as they were: two runs may share this checkout, and
    while one writes the list of files, a guide of the other would find none.
    """
    collected = ROOT / "var/static/staticfiles.json"
    with (ROOT / "manage.py").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        newest = max(file.stat().st_mtime for file in (ROOT / "static").rglob("*"))
        if not collected.exists() or collected.stat().st_mtime < newest:
            manage("collectstatic", "--no-input", "--verbosity=0")


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Client:
    """Asks the server at a loopback port."""

    port: int

    def get(
        self, path: str, headers: dict[str, str] | None = None, seconds: float = 15
    ) -> tuple[int, bytes]:
        """Return status and body; (0, b"") where there is no whole answer."""
        return self.ask("GET", path, headers=headers, seconds=seconds)

    def ask(
        self,
        method: str,
        path: str,
        body: str = "",
        headers: dict[str, str] | None = None,
        seconds: float = 15,
    ) -> tuple[int, bytes]:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=seconds)
        try:
            connection.request(method, path, body or None, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def add_term(self, session: str, slug: str, gloss: str = "") -> int:
        """Add a term in the admin; 302 says that it is saved."""
        return self.try_term(session, slug, gloss)[0]

    def try_term(self, session: str, slug: str, gloss: str = "") -> tuple[int, bytes]:
        """Do the same and return the page too."""
        return self._save("/admin/esimguide/term/add/", session, slug, gloss)

    def _save(self, path: str, session: str, slug: str, gloss: str) -> tuple[int, bytes]:
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "slug": slug,
            "english": slug,
            "grade": "C",
            "synonyms": "",
            **{f"word_{side}": slug for side in ("zh_hant", "zh_hans")},
            **{f"gloss_{side}": gloss for side in ("zh_hant", "zh_hans")},
            **{f"forbidden_{side}": "" for side in ("zh_hant", "zh_hans")},
            "_save": "1",
        }
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.ask("POST", path, urlencode(form), headers)


class Guide(Client):
    """One server, started the way bin/serve does, in a process group of its own."""

    def __init__(self, folder: Path, database: str = "", root: Path = ROOT, **own: str) -> None:
        """Take the folder of the SQLite file, or the address of a filled PostgreSQL; ``root`` is
        the checkout that is served.
        """
        self.folder, self.root, self.port = folder, root, free_port()
        self.file = folder / "guide.sqlite3"
        if not database:
            shutil.copyfile(filled(), self.file)
        self.database = database or f"sqlite:///{self.file}"
        self.own = {"DATABASE_URL": self.database, **own}
        self.log = folder / f"log-{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it, however it is."""
        self.kill()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.spawn()
        until(lambda: self.get("/healthz")[0] == http.HTTPStatus.OK, "the server to answer")

    def spawn(self) -> None:
        """Start the server."""
        command = [BIN / "gunicorn", "--bind", f"{HOST}:{self.port}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.root,
                env=environment(MALLOC_ARENA_MAX="2", **self.own),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End the whole process group at once, as a power cut would."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def workers(self) -> list[int]:
        """Return the numbers of the server's worker processes."""
        number = self.process.pid if self.process else 0
        return [int(p) for p in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

    def signal(self, number: int) -> None:
        """Send a signal to the server's first process."""
        if self.process:
            self.process.send_signal(number)

    def session(self) -> str:
        """Return the cookie of an editor who is signed in."""
        return manage("shell", "--command", SESSION, **self.own).rsplit("COOKIE ", 1)[1].strip()


def until(holds: Callable[[], bool], what: str, seconds: float = 30) -> float:
    """Wait for ``holds`` to be true; return how long it took; fail after ``seconds``."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        with suppress(OSError):
            if holds():
                return time.monotonic() - start
        time.sleep(0.05)
    message = f"waited {seconds} s in vain for {what}"
    raise TimeoutError(message)
