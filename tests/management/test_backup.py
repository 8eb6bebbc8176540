"""management/commands/backup.py."""

import hashlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from esimguide.ops.backup import SUFFIXES, sum_file, verify
from tests.factories import make_carrier

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]


def backups(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix != ".sha256")


def test_writes_one_verified_private_file(tmp_path: Path) -> None:
    make_carrier()
    call_command("backup", to=tmp_path / "new" / "folder", verbosity=0)
    (path,) = backups(tmp_path / "new" / "folder")
    assert (path.suffix, path.stat().st_mode & 0o777) == (SUFFIXES[connection.vendor], 0o600)
    verify(path)


def test_keeps_the_newest_and_touches_nothing_else(tmp_path: Path) -> None:
    mine = tmp_path / f"my-own{SUFFIXES[connection.vendor]}"
    mine.touch()
    for _ in range(4):
        call_command("backup", to=tmp_path, keep=2, verbosity=0)
    newest = backups(tmp_path)[-1] if backups(tmp_path)[-1] != mine else backups(tmp_path)[-2]
    assert len(backups(tmp_path)) == 3
    assert mine in backups(tmp_path)
    call_command("backup", to=tmp_path, keep=1, verbosity=0)
    assert newest not in backups(tmp_path)
    kept = [path for path in backups(tmp_path) if path != mine]
    assert list(tmp_path.glob("*.sha256")) == [sum_file(path) for path in kept]


def test_a_sum_that_everybody_can_check_stands_beside_it(tmp_path: Path) -> None:
    call_command("backup", to=tmp_path, verbosity=0)
    (path,) = backups(tmp_path)
    (beside,) = tmp_path.glob("*.sha256")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert beside.read_text() == f"{digest}  {path.name}\n"
    assert beside.stat().st_mode & 0o777 == 0o600


def test_a_failure_leaves_the_older_ones_and_no_half_file(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.touch()
    with pytest.raises((CommandError, OSError)):
        call_command("backup", to=folder, verbosity=0)
    with pytest.raises(CommandError, match="at least 1"):
        call_command("backup", to=tmp_path, keep=0, verbosity=0)
    assert backups(tmp_path) == [folder]
