"""backup.py: what is no whole copy is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from esimguide.ops.backup import BackupError, restore_sqlite, verify

pytestmark = pytest.mark.sql


def write(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as file:
        for statement in ("CREATE TABLE esimguide_carrier (id)", *statements):
            file.execute(statement)
        file.commit()
    return path


def reason(path: Path) -> str:
    with pytest.raises(BackupError) as caught:
        verify(path)
    return str(caught.value)


def test_a_whole_copy_passes(tmp_path: Path) -> None:
    verify(write(tmp_path / "a.sqlite3"))


def test_other_files_are_refused(tmp_path: Path) -> None:
    for content in (b"", b"nonsense", b"SQLite format 3"):
        (tmp_path / "x").write_bytes(content)
        assert reason(tmp_path / "x") == "neither a SQLite file nor a dump of pg_dump"


def test_a_cut_off_copy_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sqlite3", *(f"CREATE TABLE t{n} (x)" for n in range(50)))
    path.write_bytes(path.read_bytes()[:-4096])
    assert "malformed" in reason(path)


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE other (x)")
    assert reason(path) == "no such table: esimguide_carrier"


def test_dangling_rows_are_refused(tmp_path: Path) -> None:
    child = "CREATE TABLE child (x REFERENCES parent (id))"
    parent = "CREATE TABLE parent (id PRIMARY KEY)"
    path = write(tmp_path / "a.sqlite3", parent, child, "INSERT INTO child VALUES (7)")
    assert reason(path) == "1 dangling rows"


def test_a_file_in_use_is_left_alone(tmp_path: Path) -> None:
    copy, target = write(tmp_path / "copy.sqlite3"), tmp_path / "guide.sqlite3"
    write(target, "CREATE TABLE mine (x)")
    with closing(sqlite3.connect(target)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("SELECT * FROM mine")
        with pytest.raises(BackupError, match="is in use: stop the guide first"):
            restore_sqlite(copy, target, tmp_path / "aside")
        assert file.execute("SELECT count(*) FROM mine").fetchone() == (0,)
    assert not (tmp_path / "aside").exists()


def test_old_logs_go_aside_with_their_file(tmp_path: Path) -> None:
    copy, target = write(tmp_path / "copy.sqlite3"), tmp_path / "guide.sqlite3"
    for name in ("", "-wal", "-shm"):
        Path(f"{target}{name}").write_bytes(b"damaged" + name.encode())
    restore_sqlite(copy, target, tmp_path / "aside")
    assert target.read_bytes() == copy.read_bytes()
    kept = {p.name: p.read_bytes() for p in tmp_path.glob("aside*")}
    assert kept == {f"aside{n}": b"damaged" + n.encode() for n in ("", "-wal", "-shm")}
