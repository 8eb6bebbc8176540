"""A release that cannot be loaded: broken settings or code, at a reload and at a start."""

import shutil
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.guide import HOST, ROOT, Guide, until
from bench.faults.nginx import in_front_of
from bench.faults.proxy import PAGES
from bench.faults.reader import reading

OK, NO_ANSWER = 200, 0
WORKERS = 2
STAY = "the old workers stay"
LOADED = "Application startup complete"
PARTS = ("esimguide", "templates", "static")
FAULTS = {
    "esimguide/settings.py": 'refuse("SITE_URL is wrong")\n',
    "esimguide/urls.py": "this is no Python\n",
    "esimguide/views/home.py": "def (\n",
    "gunicorn.conf.py": "workers = (\n",
}


def checkout(folder: Path) -> Path:
    """Return a copy of the checkout that may be broken."""
    copy = folder / "checkout"
    for name in PARTS:
        shutil.copytree(ROOT / name, copy / name)
    for name in ("gunicorn.conf.py", "manage.py"):
        shutil.copy(ROOT / name, copy / name)
    (copy / "var").mkdir()
    (copy / "var/static").symlink_to(ROOT / "var/static")
    return copy


@contextmanager
def _broken(root: Path, name: str) -> Iterator[None]:
    file = root / name
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole + FAULTS[name], encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(whole, encoding="utf-8")


def reload_alone(folder: Path, names: Iterable[str] = FAULTS) -> str:
    """Reload with each fault, without a proxy: the old workers read on."""
    with Guide(folder, root=checkout(folder)) as guide:
        with reading(guide, PAGES) as readers:
            seen = _reload_with_each_fault(guide, names)
        _reload_whole(guide)
    assert not readers.failed(), readers.failed()[:5]
    return f"{seen} faults, {readers.count()} pages meanwhile, 0 failed; then reloaded"


def reload_behind_nginx(folder: Path, names: Iterable[str] = FAULTS) -> str:
    """Reload with each fault behind nginx, then with none: no request fails."""
    guide = Guide(folder, root=checkout(folder), SITE_URL=f"http://{HOST}")
    paths = (*PAGES, "/healthz")
    with (
        guide,
        in_front_of(guide.port, folder / "nginx") as nginx,
        reading(nginx, paths) as readers,
    ):
        seen = _reload_with_each_fault(guide, names)
        _reload_whole(guide)
    assert not readers.failed(), readers.failed()[:5]
    return f"{seen} faults, {readers.count()} requests, 0 failed; then reloaded"


def _reload_with_each_fault(guide: Guide, names: Iterable[str]) -> int:
    # A worker that still loads would load the fault.
    until(lambda: guide.log.read_text().count(LOADED) == WORKERS, "all workers to have loaded")
    workers, number = guide.workers(), 0
    for number, name in enumerate(names, start=1):
        with _broken(guide.root, name):
            guide.signal(signal.SIGHUP)
            until(lambda: guide.log.read_text().count(STAY) == number, f"a word on {name}")  # noqa: B023
        until(lambda: guide.workers() == workers, f"the old workers alone, after {name}", 5)
    return number


def _reload_whole(guide: Guide) -> None:
    workers = set(guide.workers())
    guide.signal(signal.SIGHUP)
    until(lambda: len(set(guide.workers()) - workers) == len(workers), "new workers")
    until(lambda: not workers & set(guide.workers()), "the old workers to end")
    assert guide.get("/healthz")[0] == OK


def start(folder: Path, names: Iterable[str] = FAULTS) -> str:
    """Start with each fault: the server ends with a line and a status, its port is closed."""
    copy, seen = checkout(folder), []
    for name in names:
        with _broken(copy, name):
            seen.append(_end_of_start(Guide(folder, root=copy)))
    seen.append(_end_of_start(Guide(folder, root=copy, SECRET_KEY="")))
    assert all(seen), seen
    return f"{len(seen)} faults, ended with {seen}"


def _end_of_start(guide: Guide) -> int:
    guide.spawn()
    process = guide.process
    assert process
    try:
        until(lambda: process.poll() is not None, "the server to end")
    finally:
        guide.kill()
    assert "rror" in guide.log.read_text() or "settings: " in guide.log.read_text()
    assert guide.get("/healthz")[0] == NO_ANSWER
    return process.returncode
