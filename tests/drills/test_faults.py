"""The faults of bench/faults that are short; bin/faults runs all of them, and longer."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.faults import crash, disk, flood, protocol, proxy, release

SHORT: dict[str, Callable[[Path], str]] = {
    "smuggling": protocol.smuggling,
    "forged": protocol.forged,
    "malformed": lambda folder: protocol.malformed(folder, times=1600),
    "flood": lambda folder: flood.many_connections(folder, connections=100),
    "broken reload": lambda folder: release.reload_alone(folder, names=["esimguide/urls.py"]),
    "broken start": lambda folder: release.start(folder, names=["esimguide/settings.py"]),
    "kill": lambda folder: crash.kill(folder, rounds=3),
}
BEHIND_NGINX: dict[str, Callable[[Path], str]] = {
    "reload": lambda folder: proxy.reload_under_load(folder, times=2, pause=2),
    "broken reload": lambda folder: release.reload_behind_nginx(
        folder, names=["esimguide/settings.py"]
    ),
    "workers killed": lambda folder: proxy.killed_workers(folder, reads=400, kills=2),
    "kept pages": proxy.kept_pages,
    "made-up queries": proxy.made_up_queries,
    "smuggling": protocol.smuggling_behind_nginx,
}


@pytest.mark.parametrize("name", SHORT)
def test_the_guide_stands_it(name: str, tmp_path: Path) -> None:
    assert SHORT[name](tmp_path)


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is missing: nginx-light")
@pytest.mark.parametrize("name", BEHIND_NGINX)
def test_the_guide_behind_nginx_stands_it(name: str, tmp_path: Path) -> None:
    tmp_path.parent.parent.chmod(0o755)  # nginx's workers are another user's
    tmp_path.parent.chmod(0o755)
    assert BEHIND_NGINX[name](tmp_path)


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mkfs.ext4") or not Path("/dev/loop-control").exists(),
    reason="mounting takes root, e2fsprogs and loop devices",
)
def test_pages_are_read_from_a_disk_that_became_read_only(tmp_path: Path) -> None:
    assert disk.read_only(tmp_path)
