"""What the database searches by: an FTS5 table on SQLite, GIN indexes on PostgreSQL."""

from django.db import migrations

SQLITE = [
    # "ascii" takes every letter beyond ASCII as part of a word: our own tokens pass unchanged.
    """
    CREATE VIRTUAL TABLE esimguide_entry_found USING fts5(
        title_tokens, text_tokens,
        content='esimguide_entry', content_rowid='id', tokenize='ascii', prefix='1'
    )
    """,
    """
    CREATE TRIGGER esimguide_entry_added AFTER INSERT ON esimguide_entry BEGIN
        INSERT INTO esimguide_entry_found(rowid, title_tokens, text_tokens)
        VALUES (new.id, new.title_tokens, new.text_tokens);
    END
    """,
    """
    CREATE TRIGGER esimguide_entry_removed AFTER DELETE ON esimguide_entry BEGIN
        INSERT INTO esimguide_entry_found(esimguide_entry_found, rowid, title_tokens, text_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.text_tokens);
    END
    """,
    """
    CREATE TRIGGER esimguide_entry_changed AFTER UPDATE ON esimguide_entry BEGIN
        INSERT INTO esimguide_entry_found(esimguide_entry_found, rowid, title_tokens, text_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.text_tokens);
        INSERT INTO esimguide_entry_found(rowid, title_tokens, text_tokens)
        VALUES (new.id, new.title_tokens, new.text_tokens);
    END
    """,
]
POSTGRESQL = [
    f"""
    CREATE INDEX esimguide_entry_{name} ON esimguide_entry
    USING gin (array_to_tsvector(string_to_array({name}, ' ')))
    """
    for name in ("title_tokens", "text_tokens")
]


def build(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER esimguide_entry_{name}")
        schema_editor.execute("DROP TABLE esimguide_entry_found")
    else:
        for name in ("title_tokens", "text_tokens"):
            schema_editor.execute(f"DROP INDEX esimguide_entry_{name}")


class Migration(migrations.Migration):
    dependencies = [("esimguide", "0005_search")]

    operations = [migrations.RunPython(build, drop)]
