"""Copies of the whole database in one file: how one is written, proven whole, and put back."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

SUFFIXES = {"sqlite": ".sqlite3", "postgresql": ".pgdump"}
SQLITE_START = b"SQLite format 3\0"
POSTGRES_START = b"PGDMP"
LOGS = ("-wal", "-shm")  # SQLite's files beside the database's; they belong to one file only


class BackupError(Exception):
    """The copy, or the way to it, cannot be used; the message says why."""


def dump_name(vendor: str, now: dt.datetime) -> str:
    """Return the name of a copy made ``now`` (UTC); names sort by age."""
    return f"guide-{now:%Y%m%dT%H%M%S%fZ}{SUFFIXES[vendor]}"


def dump(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Write a consistent copy to ``path``, readable by the owner alone, and flush it to disk."""
    path.touch(mode=0o600)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])  # takes an empty file
    else:
        _run(connection, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={path}")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def verify(path: Path) -> None:
    """Read the whole copy; raise BackupError unless it is complete and holds the guide's tables."""
    start = _start(path)
    if start == SQLITE_START:
        _verify_sqlite(path)
    elif start.startswith(POSTGRES_START):
        _verify_postgres(path)
    else:
        raise BackupError("neither a SQLite file nor a dump of pg_dump")


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(SQLITE_START))


def _verify_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            found = [row[0] for row in file.execute("PRAGMA integrity_check(5)")]
            orphans = file.execute("PRAGMA foreign_key_check").fetchall()
            file.execute("SELECT count(*) FROM esimguide_carrier")
    except sqlite3.Error as error:
        raise BackupError(str(error)) from error
    if found != ["ok"] or orphans:
        raise BackupError("; ".join(found) if found != ["ok"] else f"{len(orphans)} dangling rows")


def _verify_postgres(path: Path) -> None:
    # Writing it out as text unpacks every block.
    _run(None, "pg_restore", "--file=/dev/null", str(path))
    if " TABLE DATA public esimguide_carrier " not in _run(None, "pg_restore", "--list", str(path)):
        raise BackupError("the guide's tables are not in it")


# ---- back --------------------------------------------------------------------------------------


def restore_sqlite(path: Path, target: Path, aside: Path) -> None:
    """Put the copy in the database's place; what stood there, logs included, goes to ``aside``.

    Raises BackupError, and changes nothing, while any process has the database open.
    """
    # Opening what is no longer SQLite's would delete its log, which a rescue might need.
    if target.exists() and _start(target) == SQLITE_START:
        _demand_unused(target)
    for log in ("", *LOGS):
        old = Path(f"{target}{log}")
        if old.exists():
            old.rename(f"{aside}{log}")
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.copyfile(path, unfinished)
    verify(unfinished)
    unfinished.rename(target)


def _demand_unused(target: Path) -> None:
    try:
        with closing(sqlite3.connect(target, timeout=1)) as file:
            # Leaving the write-ahead log takes being alone with the file.
            file.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BackupError(f"{target} is in use: stop the guide first ({error})") from error
    except sqlite3.DatabaseError:
        return  # too damaged to be read: it goes aside as it is


def restore_postgres(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Replace all tables by the copy's, in one transaction: all of it or nothing."""
    name = connection.settings_dict["NAME"]
    how = ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction")
    _run(connection, "pg_restore", *how, f"--dbname={name}", str(path))


def _run(connection: BaseDatabaseWrapper | None, command: str, *arguments: str) -> str:
    """Run one of PostgreSQL's tools; the password goes by the environment, which ``ps`` hides."""
    environment = dict(os.environ)
    if connection:
        known = connection.get_connection_params()
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
        names |= {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE"}
        environment |= {names[key]: str(known[key]) for key in names if known.get(key)}
    program = shutil.which(command)
    if program is None:
        raise BackupError(f"{command} is missing: install PostgreSQL's client programs")
    ended = subprocess.run(  # noqa: S603 (no shell, and no argument comes from a visitor)
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise BackupError(ended.stderr.strip()[-500:])
    return ended.stdout
