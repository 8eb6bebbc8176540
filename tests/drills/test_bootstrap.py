"""bin/bootstrap: what a first start makes, and two of them at once."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from bench.faults.guide import ROOT
from bench.faults.release import checkout

START = ". bin/bootstrap; own_settings; echo $SECRET_KEY; prepare"


def start(root: Path) -> subprocess.Popen[str]:
    """Begin the part of bin/serve that makes key and database."""
    return subprocess.Popen(  # noqa: S603 (our own file)
        ["/bin/bash", "-c", f"umask 022; {START}"],
        cwd=root,
        env={"PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_first_starts_at_once_make_one_private_guide(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    for name in ("bin", "fixtures"):
        shutil.copytree(ROOT / name, root / name)
    (root / ".venv").symlink_to(ROOT / ".venv")
    shutil.rmtree(root / "var")
    starts = [start(root), start(root)]
    said = [process.communicate() for process in starts]
    assert [process.returncode for process in starts] == [0, 0], said
    assert said[0][0].splitlines()[0] == said[1][0].splitlines()[0], "two keys"
    with closing(sqlite3.connect(root / "var/guide.sqlite3")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT count(*) FROM esimguide_carrier").fetchone()[0] > 0
    assert (root / "var").stat().st_mode & 0o077 == 0
    assert (root / "var/guide.sqlite3").stat().st_mode & 0o077 == 0
