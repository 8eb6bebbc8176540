"""A disk that is full, and one that takes no writes: a small memory file system, so as root."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bench.faults.guide import Guide, until

OK, SAVED, AWAY = 200, 302, 503
SIZE = "40m"
_number = count(1)
NEVER_ASKED = ("/zh-hant/glossary/", "/zh-hans/documents/", "/zh-hant/carriers/csl/")
WORDS = "暫時不能儲存".encode()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a memory file system of 40 MB for as long as it is needed."""
    _demand_root()
    disk = folder / "disk"
    disk.mkdir()
    _mount("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk))
    try:
        yield disk
    finally:
        _mount("umount", "--lazy", str(disk))


def _demand_root() -> None:
    if os.geteuid() != 0:
        message = "mounting takes root: run this one as root"
        raise PermissionError(message)


def _mount(*command: str) -> None:
    subprocess.run(command, check=True)


def _remount_read_only(disk: Path) -> bool:
    command = ["mount", "-o", "remount,ro", str(disk)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def full(folder: Path) -> str:
    """Fill the disk: reading goes on, saving says 503 with words, space heals it."""
    with small_disk(folder) as disk, Guide(disk) as guide:
        session = guide.session()
        assert guide.add_term(session, "before") == SAVED
        filler = disk / "filler"
        _fill(filler)
        until(lambda: _save(guide, session)[0] == AWAY, "saving to fail")
        status, body = _save(guide, session)
        assert (status, WORDS in body) == (AWAY, True), f"a save got {status}"
        _demand(guide, ready=AWAY)
        filler.unlink()
        until(lambda: guide.get("/readyz")[0] == OK, "the guide to heal", 15)
        assert _save(guide, session)[0] == SAVED
    return "reads 200, saves 503 with words, /readyz 503; healed without a restart"


@contextmanager
def failing_disk(folder: Path) -> Iterator[Path]:
    """Mount an ext4 from a file; ``mount -o remount,abort`` then makes it read-only at once, as the
    kernel does after a fault of the disk.
    """
    _demand_root()
    if not shutil.which("mkfs.ext4"):
        message = "mkfs.ext4 is missing: apt-get install e2fsprogs"
        raise FileNotFoundError(message)
    disk, image = folder / "disk", folder / "image"
    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    _mount("mkfs.ext4", "-q", str(image))
    _mount("mount", "-o", "loop,errors=remount-ro", str(image), str(disk))
    try:
        yield disk
    finally:
        _mount("umount", "--lazy", str(disk))


def read_only(folder: Path) -> str:
    """Let the disk become read-only under a running guide: pages that were never asked for are
    answered too, saving says 503 with words.
    """
    with failing_disk(folder) as disk:
        guide = Guide(disk)
        guide.log = folder / "log"
        with guide:
            session = guide.session()
            assert guide.add_term(session, "before") == SAVED
            assert guide.get("/zh-hant/")[0] == OK
            _mount("mount", "-o", "remount,abort", str(disk))
            status, body = _save(guide, session)
            assert (status, WORDS in body) == (AWAY, True), f"a save got {status}"
            _demand(guide, ready=AWAY)
            seen = [guide.get(f"{path}?x={n}")[0] for n in range(8) for path in NEVER_ASKED]
            assert set(seen) == {OK}, seen
    return f"{len(seen)} new pages 200, saves 503 with words, /readyz 503"


def started_read_only(folder: Path) -> str:
    """Start on a read-only disk: reading goes on, saving says 503; a reload heals it."""
    with small_disk(folder) as disk:
        guide = Guide(disk)
        guide.log = folder / "log"  # a file that is open for writing forbids the remount
        session = guide.session()
        guide.start()
        assert guide.add_term(session, "before") == SAVED
        guide.kill()  # as the disk's fault would: SQLite's logs stay, and reading takes them
        until(lambda: _remount_read_only(disk), "the last worker to let go of the disk", 10)
        guide.start()
        status, body = _save(guide, session)
        assert (status, WORDS in body) == (AWAY, True), f"a save got {status}"
        _demand(guide, ready=AWAY)
        _mount("mount", "-o", "remount,rw", str(disk))
        guide.signal(signal.SIGHUP)
        until(lambda: _save(guide, session)[0] == SAVED, "a new worker", 15)
        until(lambda: [guide.get("/readyz")[0] for _ in range(9)] == [OK] * 9, "every worker", 15)
        guide.kill()
    return "reads 200, saves 503 with words, /readyz 503; healed by a reload"


def _fill(path: Path) -> None:
    with path.open("wb") as file:
        try:
            while True:
                file.write(bytes(4096))
                file.flush()
        except OSError:
            return


def _save(guide: Guide, session: str) -> tuple[int, bytes]:
    return guide.try_term(session, f"disk-{next(_number)}", gloss="滿" * 190)


def _demand(guide: Guide, *, ready: int) -> None:
    seen = {path: guide.get(path)[0] for path in ("/zh-hant/", "/zh-hans/codes/", "/healthz")}
    assert set(seen.values()) == {OK}, seen
    found = guide.get("/readyz")
    assert found[0] == ready, found
