"""manage.py backup: write the whole database into one verified file; keep the newest few."""

import datetime as dt
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import override

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from esimguide.ops.backup import BackupError, dump, dump_name, verify

FOLDER = settings.VAR_DIR / "backups"


class Command(BaseCommand):
    """Writes ``guide-<UTC time>.sqlite3`` or ``.pgdump``, readable by its owner alone.

    The file gets its name only after it was read back and found whole, so that whatever has the
    name can be restored. Readers and editors go on meanwhile.
    """

    help = "Write the database into one verified file, and delete the oldest beyond --keep."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=FOLDER, help="folder (var/backups)")
        parser.add_argument("--keep", type=int, default=14, help="how many stay (14)")

    @override
    def handle(self, *, to: Path, keep: int, **options: object) -> None:
        if keep < 1:
            raise CommandError("--keep must be at least 1")
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = to / f".unfinished-{os.getpid()}"
        path = to / dump_name(connection.vendor, dt.datetime.now(dt.UTC))
        try:
            dump(connection, unfinished)
            verify(unfinished)
            unfinished.rename(path)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(f"no backup was written: {error}") from error
        finally:
            unfinished.unlink(missing_ok=True)
        for old in sorted(to.glob("guide-*" + path.suffix))[:-keep]:
            old.unlink()
        self.stdout.write(f"backup: {path} ({path.stat().st_size} bytes, verified)")
