"""Give models the field's terms for names. Their tables keep their names, so no row moves."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

RENAMED = {
    "Alias": "Synonym",
    "HistoricalAlias": "HistoricalSynonym",
    "Entry": "SearchEntry",
    "Grant": "GrantedPermission",
    "Link": "LinkCheck",
    "Miss": "ZeroResultSearch",
    "Moved": "Redirect",
    "HistoricalMoved": "HistoricalRedirect",
    "Tally": "RateLimitCounter",
    "Word": "SearchTerm",
}


def rename_granted(apps: StateApps, new_names: dict[str, str]) -> None:
    """Rename the models in what roles were given, so that nothing is handed out a second time."""
    granted = apps.get_model("esimguide", "GrantedPermission")
    for record in granted.objects.all():
        action, _, model = record.permission.partition("_")
        if model in new_names:
            record.permission = f"{action}_{new_names[model]}"
            record.save()


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rename_granted(apps, {old.lower(): new.lower() for old, new in RENAMED.items()})


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rename_granted(apps, {new.lower(): old.lower() for old, new in RENAMED.items()})


class Migration(migrations.Migration):
    dependencies = [("esimguide", "0001_squashed_0016_titles")]

    operations = [
        *(
            migrations.AlterModelTable(old.lower(), f"esimguide_{old.lower()}")
            for old in RENAMED
        ),
        *(migrations.RenameModel(old, new) for old, new in RENAMED.items()),
        migrations.RenameField("searchterm", "alias", "synonym"),
        *(
            migrations.AlterField(
                "synonym",
                target,
                models.ForeignKey(
                    f"esimguide.{target}",
                    models.CASCADE,
                    null=True,
                    blank=True,
                    related_name="search_synonyms",
                    verbose_name=target,
                ),
            )
            for target in ("carrier", "situation", "term")
        ),
        migrations.RunPython(forwards, backwards),
    ]
