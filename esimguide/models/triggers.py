"""Database triggers that count up the content version, in the transaction of the edit.

In the database no path can bypass them: admin, bulk action, import, fixture, SQL typed by hand.
Every ``migrate`` ends by creating them on every table of the app, since SQLite drops a table's
triggers when a migration rebuilds the table.

A model whose rows are no part of what readers see says so with ``is_content = False``; the tables
of its history never are.
"""

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from esimguide.models import ContentVersion

VERSION = ContentVersion._meta.db_table
EVENTS = ("INSERT", "UPDATE", "DELETE")
# Two plain statements, for SQLite hands an outer "INSERT OR IGNORE" on to those of its triggers.
MOVE = (
    f'INSERT INTO "{VERSION}" (id, number) SELECT 1, 0'  # noqa: S608 (names from our own models)
    f' WHERE NOT EXISTS (SELECT 1 FROM "{VERSION}"); '
    f'UPDATE "{VERSION}" SET number = number + 1;'
)


def is_content(model: type[models.Model]) -> bool:
    """Tell whether readers see what ``model`` holds; its history they never do."""
    return getattr(model, "is_content", not model.__name__.startswith("Historical"))


def content_tables() -> list[str]:
    """Return the tables, many-to-many ones too, whose rows readers see, sorted."""
    models_ = apps.get_app_config("esimguide").get_models(include_auto_created=True)
    return sorted(m._meta.db_table for m in models_ if is_content(_owner(m)))


def _owner(model: type[models.Model]) -> type[models.Model]:
    # A many-to-many table belongs to the model that has the field.
    owner = model._meta.auto_created
    return model if isinstance(owner, bool) else owner


@receiver(post_migrate, sender=apps.get_app_config("esimguide"))
def put_back(using: str, **_: object) -> None:
    install(connections[using])


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every content table, replacing existing ones."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if VERSION not in there:
            return
        for statement in STATEMENTS[connection.vendor]([t for t in content_tables() if t in there]):
            cursor.execute(statement)


def _sqlite(tables: list[str]) -> list[str]:
    statements = []
    for table in tables:
        for event in EVENTS:
            name = f"{table}_{event.lower()}_moves_version"
            statements += [
                f'DROP TRIGGER IF EXISTS "{name}"',
                f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN {MOVE} END',
            ]
    return statements


def _postgresql(tables: list[str]) -> list[str]:
    # BEFORE: every writer takes the version's row first, so that two of them wait, never deadlock.
    function = (
        "CREATE OR REPLACE FUNCTION esimguide_move_version() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {MOVE} RETURN NULL; END $$"
    )
    triggers = [
        f"CREATE OR REPLACE TRIGGER moves_version BEFORE {' OR '.join(EVENTS)} OR TRUNCATE"
        f' ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION esimguide_move_version()'
        for table in tables
    ]
    return [function, *triggers]


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}
