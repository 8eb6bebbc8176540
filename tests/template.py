"""Whole SQLite databases, copied by SQLite itself: the migrated one, and the shipped content.

A copy of ten megabytes takes milliseconds; to migrate or to load them takes seconds.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from esimguide import migrations
from esimguide.models import triggers

ROOT = Path(__file__).resolve().parents[1]
NAME = "file:tests?mode=memory&cache=shared"


@cache
def path() -> Path:
    """Return where the migrated database is kept; another schema has another name.

    Migrations make the tables (those of other packages: the lock), triggers.py what they cannot.
    Migrating goes over it in each run, so that permissions and content types follow the models.
    """
    ours = Path(migrations.__file__).parent.glob("*.py")
    made_by = [*sorted(ours), Path(triggers.__file__), ROOT / "requirements-test.lock"]
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for file in made_by:
        digest.update(file.read_bytes())
    return ROOT / "var" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def keep(source: sqlite3.Connection, file: Path) -> None:
    """Write ``source`` into ``file``, whole or not at all; older ones of its kind go."""
    file.parent.mkdir(exist_ok=True)
    for old in file.parent.glob("migrated-*.sqlite3"):
        old.unlink(missing_ok=True)
    part = file.with_suffix(f".{id(source)}.part")
    with closing(sqlite3.connect(part)) as target:
        source.backup(target)
    part.replace(file)


@contextmanager
def opened(file: Path) -> Iterator[None]:
    """Fill the tests' in-memory database from ``file``; it lives as long as this."""
    with closing(sqlite3.connect(NAME, uri=True)) as target:
        with closing(sqlite3.connect(file)) as source:
            source.backup(target)
        yield


def load_content(file: Path) -> None:
    """Load the shipped content into ``file`` and leave the tests' database as it was."""
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as before:
        connection.connection.backup(before)
        call_command("load_content", verbosity=0)
        with closing(sqlite3.connect(file)) as target:
            connection.connection.backup(target)
        before.backup(connection.connection)


@contextmanager
def filled(file: Path) -> Iterator[None]:
    """Give the tests' database the content of ``file`` for as long as this, then what it had."""
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as before, closing(sqlite3.connect(file)) as content:
        connection.connection.backup(before)
        content.backup(connection.connection)
        ContentType.objects.clear_cache()  # each database has its own keys
        try:
            yield
        finally:
            before.backup(connection.connection)
            ContentType.objects.clear_cache()
