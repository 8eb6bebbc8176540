"""manage.py load_content: put the shipped content into an empty database."""

from pathlib import Path
from typing import Any, override

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from simple_history.utils import get_history_manager_for_model

from esimguide.models import Carrier, SearchEntry, Topic
from esimguide.models.bilingual import Bilingual
from esimguide.search.index import rebuild

# Later folders point at earlier ones.
FOLDERS = ("common", "general", "carriers", "services", "devices", "guide")


def shipped_files() -> list[Path]:
    root = settings.BASE_DIR / "fixtures"
    return [path for folder in FOLDERS for path in sorted((root / folder).glob("*.json"))]


def keep_first_versions() -> None:
    """Write one version of every record, so that an editor's first change can be undone.

    Loading leaves versions of the few records whose many-to-many ticks it sets, and then
    ``populate_history`` would pass over their models; so those go first. It passes over all ticks
    as well: without them a version brought back would have none.
    """
    models = apps.get_app_config("esimguide").get_models()
    kept = [model for model in models if hasattr(model._meta, "simple_history_manager_attribute")]
    for model in kept:
        get_history_manager_for_model(model).all().delete()
    call_command("populate_history", auto=True, verbosity=0)
    for model in kept:
        keep_ticks(model)


def keep_ticks(model: Any) -> None:  # noqa: ANN401 (a model with a history)
    """Write what is ticked in every record of ``model`` into its only version."""
    history = get_history_manager_for_model(model)
    versions = dict(history.values_list("id", "history_id"))
    for field in history.model._history_m2m_fields:  # noqa: SLF001 (it has no other name)
        through, owner = field.remote_field.through, f"{field.m2m_field_name()}_id"
        names = [column.attname for column in through._meta.concrete_fields]
        kept = getattr(history.model, field.name).model
        kept.objects.bulk_create(
            kept(history_id=versions[row[owner]], **row) for row in through.objects.values(*names)
        )


def note_sync() -> None:
    """Note of every text that its two languages agree; loading passes over the models' save."""
    for model in apps.get_app_config("esimguide").get_models():
        if issubclass(model, Bilingual):
            records = list(model._default_manager.all())
            for record in records:
                record.note_sync()
            model._default_manager.bulk_update(records, ["synced", "stale_texts"], batch_size=100)


def note_sizes() -> None:
    """Let SQLite see how its rows are spread. It never looks by itself (PostgreSQL does), and then
    takes the index on a status that nearly all rows share for as good as that on the carrier.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")  # rows of an index; some 10 ms in all
            cursor.execute("ANALYZE")


class Command(BaseCommand):
    """Loads ``fixtures/`` once: a database that already holds a carrier or topic is left alone."""

    help = "Load the shipped content if the database holds none; never overwrite an editor's text."

    @override
    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"content: {self._loaded()}")
        note_sizes()

    def _loaded(self) -> str:
        if Carrier.objects.exists() or Topic.objects.exists():
            if not SearchEntry.objects.exists():  # a database from before there was a search
                rebuild()
            return "already there, left alone"
        with transaction.atomic():
            call_command("loaddata", *map(str, shipped_files()), verbosity=0)
            note_sync()
            keep_first_versions()
            rebuild()
        return f"loaded {Carrier.objects.count()} carriers"
