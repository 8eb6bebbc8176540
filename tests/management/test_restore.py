"""management/commands/restore.py: the drill, on the kind of database the tests run on."""

import os
from pathlib import Path

import pytest

from bench.faults.guide import filled, manage
from tests.databases import fresh, seen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
URL = os.environ.get("DATABASE_URL", "")
FORGET = "from esimguide.models import Term; Term.objects.all().delete()"


def test_what_comes_back_is_what_was_there(tmp_path: Path) -> None:
    with fresh(tmp_path, URL) as one, fresh(tmp_path, URL) as other:
        manage("migrate", "--verbosity=0", DATABASE_URL=one)
        manage("copy_from", str(filled()), DATABASE_URL=one)
        before = seen(one)
        manage("backup", "--to", str(tmp_path / "kept"), DATABASE_URL=one)
        (beside,) = (tmp_path / "kept").glob("*.sha256")
        copy = beside.with_suffix("")
        manage("restore", str(copy), DATABASE_URL=other)
        assert seen(other) == before
        # Over a database that holds something: only when told to, and what was there is kept.
        manage("shell", "--command", FORGET, DATABASE_URL=other)
        damaged = seen(other)
        assert damaged != before
        with pytest.raises(RuntimeError, match="--overwrite replaces it"):
            manage("restore", str(copy), DATABASE_URL=other)
        assert seen(other) == damaged
        manage("restore", str(copy), "--overwrite", DATABASE_URL=other)
        assert seen(other) == before
        kept = [p for p in tmp_path.rglob("*") if ".before-" in p.name]
        copies = list((tmp_path / "kept").glob("*.sha256"))
        assert (len(kept) > 0, len(copies)) in {(True, 1), (False, 2)}


def test_what_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    with fresh(tmp_path, URL) as address:
        manage("migrate", "--verbosity=0", DATABASE_URL=address)
        before = seen(address)
        for name in ("x.sqlite3", "x.pgdump", "x.txt"):
            (tmp_path / name).write_text("nonsense")
            with pytest.raises(RuntimeError, match="nothing was restored"):
                manage("restore", str(tmp_path / name), "--overwrite", DATABASE_URL=address)
        with pytest.raises(RuntimeError, match="nothing was restored"):
            manage("restore", str(tmp_path / "none.sqlite3"), DATABASE_URL=address)
        assert seen(address) == before


def test_one_changed_letter_is_noticed(tmp_path: Path) -> None:
    with fresh(tmp_path, URL) as address:
        manage("migrate", "--verbosity=0", DATABASE_URL=address)
        manage("backup", "--to", str(tmp_path / "kept"), DATABASE_URL=address)
        (beside,) = (tmp_path / "kept").glob("*.sha256")
        copy = beside.with_suffix("")
        written = bytearray(copy.read_bytes())
        written[-1] ^= 1
        copy.write_bytes(written)
        before = seen(address)
        with pytest.raises(RuntimeError, match="nothing was restored: it is damaged"):
            manage("restore", str(copy), "--overwrite", DATABASE_URL=address)
        assert seen(address) == before
