"""What must hold of a database before a command works on it, as checks of Django's own kind."""

from collections.abc import Iterable

from django.core.checks import Error
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def partly_migrated(databases: Iterable[str] | None, **_: object) -> list[Error]:
    """Refuse a database that has only some of the migrations which a squashed one replaces.

    Their files are gone, and without this Django would leave such a database as it is, silently.
    """
    migrations = MigrationLoader(None).disk_migrations.items()
    ours = [set(m.replaces) for (app, _), m in migrations if app == "esimguide" and m.replaces]
    return [
        Error(
            f"The database {alias!r} stops at {max(replaced & applied)[1]}, a migration of an older"
            f" release; this one can take it up from {max(replaced)[1]}.",
            hint="Migrate it first with the release that it was made by, or start an empty one.",
            id="esimguide.E001",
        )
        for alias in databases or ()
        for applied in [set(MigrationRecorder(connections[alias]).applied_migrations())]
        for replaced in ours
        if replaced & applied and not replaced <= applied
    ]
