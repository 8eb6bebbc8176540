"""Titles get an FTS5 table of their own on SQLite: what is sought in titles reads titles alone."""

from django.db import migrations

TABLE = """
    CREATE VIRTUAL TABLE esimguide_entry_titled USING fts5(
        title_tokens,
        content='esimguide_entry', content_rowid='id', tokenize='ascii', prefix='1'
    )
"""
FILL = "INSERT INTO esimguide_entry_titled(esimguide_entry_titled) VALUES ('rebuild')"
ADD = "INSERT INTO esimguide_entry_titled(rowid, title_tokens) VALUES (new.id, new.title_tokens);"
REMOVE = """
    INSERT INTO esimguide_entry_titled(esimguide_entry_titled, rowid, title_tokens)
    VALUES ('delete', old.id, old.title_tokens);
"""
TRIGGERS = {
    "added": f"AFTER INSERT ON esimguide_entry BEGIN {ADD} END",
    "removed": f"AFTER DELETE ON esimguide_entry BEGIN {REMOVE} END",
    "changed": f"AFTER UPDATE ON esimguide_entry BEGIN {REMOVE} {ADD} END",
}


def build(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for statement in (TABLE, FILL):
        schema_editor.execute(statement)
    for name, does in TRIGGERS.items():
        schema_editor.execute(f"CREATE TRIGGER esimguide_entry_title_{name} {does}")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for name in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER esimguide_entry_title_{name}")
    schema_editor.execute("DROP TABLE esimguide_entry_titled")


class Migration(migrations.Migration):
    dependencies = [("esimguide", "0015_change_places_and_copies")]

    operations = [migrations.RunPython(build, drop)]
