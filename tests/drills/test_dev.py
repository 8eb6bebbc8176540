"""bin/dev: what somebody changes is seen at the next look, with no restart by hand."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bench.faults.guide import filled, free_port

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(p.name for p in (ROOT / "bin").iterdir() if os.access(p, os.X_OK))


def listed() -> list[str]:
    """Return the files of the checkout as git knows them, new ones too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.check_output(command, cwd=ROOT, text=True)  # noqa: S603 (git)
    return [name for name in found.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout that a test may change; it shares the environment."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in listed():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    (folder / "var").mkdir()
    shutil.copy(filled(), folder / "var/guide.sqlite3")
    return folder


def get(port: int, path: str) -> str:
    """Return a page's text; empty while nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except OSError:
        return ""
    finally:
        connection.close()


def seen(look: Callable[[], bool], seconds: float = 30) -> bool:
    """Tell whether ``look`` comes true within ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if look():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def port(copy: Path) -> Iterator[int]:
    """Return the port of a bin/dev that runs in the copy."""
    port = free_port()
    names = {"PATH", "HOME", "XDG_CACHE_HOME"}
    environment = {name: value for name, value in os.environ.items() if name in names}
    with (copy / "var/log").open("wb") as log:
        command = [copy / "bin/dev", "--port", str(port)]
        process = subprocess.Popen(  # noqa: S603 (our own file)
            command, cwd=copy, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        assert seen(lambda: "ok" in get(port, "/healthz"), 120), (copy / "var/log").read_text()
        yield port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def append(file: Path, text: str) -> None:
    """Write ``text`` at the end of a file."""
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


def test_a_changed_template_is_seen(copy: Path, port: int) -> None:
    assert get(port, "/zh-hant/about/") == get(port, "/zh-hant/about/") != ""
    page = copy / "templates/about.html"
    block = "{% block content %}"
    page.write_text(page.read_text("utf-8").replace(block, f"{block}<p>newly written</p>"), "utf-8")
    assert seen(lambda: "<p>newly written</p>" in get(port, "/zh-hant/about/"))


def test_a_changed_style_sheet_of_the_admin_is_seen(copy: Path, port: int) -> None:
    append(copy / "static/css/admin.css", "\n.newly-written { color: red }\n")
    assert seen(lambda: ".newly-written" in get(port, "/static/css/admin.css"))


def test_a_changed_style_inside_the_pages_is_seen(copy: Path, port: int) -> None:
    append(copy / "static/css/base.css", "\n.newly-written { color: red }\n")
    assert seen(lambda: ".newly-written" in get(port, "/zh-hant/about/"))


def test_a_changed_python_file_is_seen(copy: Path, port: int) -> None:
    line = '\nurlpatterns += [path("newly-written", healthz, name="newly_written")]\n'
    append(copy / "esimguide/urls.py", line)
    assert seen(lambda: get(port, "/newly-written") == get(port, "/healthz") != "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_two_or_three_lines(name: str) -> None:
    command = [ROOT / "bin" / name, "--help"]
    told = subprocess.check_output(command, text=True)  # noqa: S603 (our own file)
    assert 2 <= len(told.splitlines()) <= 3
    assert f"bin/{name}" in told
