"""manage.py copy_from: fill an empty database, of either kind, with all of a SQLite file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, override

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model, QuerySet

from esimguide.models import Carrier, ContentVersion, RateLimitCounter, SearchEntry, SearchTerm
from esimguide.ops.backup import BackupError, verify
from esimguide.search.index import rebuild

SOURCE = "source"
BATCH = 500
# What ends by itself within hours; and what each database makes of the rest by itself: the search
# index, which is of its own kind, and the number that its triggers count up.
LEFT_OUT = {Session, RateLimitCounter, SearchEntry, SearchTerm, ContentVersion}


def kept_models() -> list[type[Model]]:
    """Return every table's model, versions and join tables included."""
    managed = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    return [m for m in managed if m not in LEFT_OUT and m._meta.app_label != "axes"]


class Command(BaseCommand):
    """Copies content, versions, editors and their rights, keys unchanged, in one transaction.

    The way from SQLite to PostgreSQL: set DATABASE_URL, migrate, copy_from, start. Sessions and
    counts are left out, so everybody signs in again.
    """

    help = "Fill an empty, migrated database with all of a SQLite file: content, history, users."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    @override
    def handle(self, *, file: Path, **options: object) -> None:
        try:
            verify(file)
        except (BackupError, OSError) as error:
            raise CommandError(f"nothing was copied: {error}") from error
        own = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": {}}
        connections.databases[SOURCE] = connections.databases["default"] | own
        try:
            self._demand_fit()
            with transaction.atomic():
                count = self._copy()
        finally:
            connections[SOURCE].close()
            del connections.databases[SOURCE]
        self.stdout.write(f"copy_from: {count} rows of {len(kept_models())} tables")

    @staticmethod
    def _demand_fit() -> None:
        if Carrier.objects.exists():
            raise CommandError("this database holds content already; give an empty one")
        applied = [
            set(MigrationRecorder(connections[name]).applied_migrations())
            for name in ("default", SOURCE)
        ]
        if applied[0] != applied[1]:
            raise CommandError("the file and this database are of different releases; migrate both")

    @staticmethod
    def _copy() -> int:
        # Migrating made these with keys of its own.
        Permission.objects.all().delete()
        ContentType.objects.all().delete()
        count = 0
        for model in kept_models():
            rows: QuerySet[Any] = QuerySet(model, using=SOURCE).order_by("pk")
            copied: list[Any] = QuerySet(model).bulk_create(rows.iterator(BATCH), batch_size=BATCH)
            count += len(copied)
        rebuild()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
                cursor.execute(statement)
        return count
