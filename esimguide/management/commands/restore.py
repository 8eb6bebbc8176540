"""manage.py restore: put a copy that ``backup`` wrote in the database's place."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import override

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from esimguide.ops.backup import SUFFIXES, BackupError, restore_postgres, restore_sqlite, verify


class Command(BaseCommand):
    """Restores; without --overwrite only where there is no database, or an empty one.

    What stood there is kept: a SQLite file and its logs are moved aside, a PostgreSQL database is
    backed up first. The copy is verified before anything is touched.
    """

    requires_system_checks = ()  # they open the database, which makes an empty file where none is
    help = "Put a backup in the database's place; stop the guide first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("copy", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="replace what is there")

    @override
    def handle(self, *, copy: Path, overwrite: bool, **options: object) -> None:
        try:
            verify(copy)
            kept = self._replace(copy, overwrite=overwrite)
        except (BackupError, OSError) as error:
            raise CommandError(f"nothing was restored: {error}") from error
        self.stdout.write(f"restore: {copy} is the database now{kept}")

    def _replace(self, copy: Path, *, overwrite: bool) -> str:
        is_file = connection.vendor == "sqlite"
        suffix = SUFFIXES[connection.vendor]
        if copy.suffix != suffix:
            raise BackupError(f"a {connection.vendor} database takes a {suffix} file")
        target = Path(str(connection.settings_dict["NAME"]))
        is_there = target.exists() if is_file else bool(connection.introspection.table_names())
        if is_there and not overwrite:
            raise BackupError(
                "there is a database already; --overwrite replaces it (and keeps a copy)"
            )
        if is_file:
            connection.close()
            now = dt.datetime.now(dt.UTC)
            aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
            restore_sqlite(copy, target, aside)
            return f"; the one before is {aside}" if is_there else ""
        if is_there:
            call_command("backup", keep=10_000, to=copy.parent, stdout=self.stdout)
        connection.close()
        restore_postgres(connection, copy)
        return ""
