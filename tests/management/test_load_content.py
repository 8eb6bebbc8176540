"""management/commands/load_content.py."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from esimguide.editorial.revisions import revisions, snapshot, snapshot_at
from esimguide.models import Carrier, Fact, Procedure, Step
from tests.factories import make_carrier

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_loads_the_shipped_content_into_an_empty_database(shipped: None) -> None:
    assert Carrier.objects.published().filter(slug="cmhk").exists()


def test_keeps_a_first_version_so_that_an_edit_can_be_undone(shipped: None) -> None:
    assert Step.history.count() == Step.objects.count()
    fact = Fact.objects.first()
    assert fact is not None
    shipped = fact.label_zh_hant
    fact.label_zh_hant = "編輯改過"
    fact.save()
    assert [version.label_zh_hant for version in fact.history.all()] == ["編輯改過", shipped]


def test_a_first_version_holds_the_ticks_too(shipped: None) -> None:
    procedures = list(Procedure.objects.prefetch_related("situations", "needs", "steps__facts"))
    assert any(step.facts.all() for procedure in procedures for step in procedure.steps.all())
    for procedure in procedures:
        assert snapshot_at(procedure, revisions(procedure)[0].revision_id) == snapshot(procedure)


def test_leaves_an_editors_content_alone(shipped: None) -> None:
    fact = Fact.objects.first()
    assert fact is not None
    Fact.objects.filter(pk=fact.pk).update(label_zh_hant="編輯改過")
    call_command("load_content", verbosity=0)
    assert Fact.objects.get(pk=fact.pk).label_zh_hant == "編輯改過"


def test_leaves_a_database_with_one_carrier_alone() -> None:
    call_command("flush", verbosity=0, interactive=False)
    make_carrier(slug="own")
    call_command("load_content", verbosity=0)
    assert list(Carrier.objects.values_list("slug", flat=True)) == ["own"]
    ContentType.objects.clear_cache()  # the rows it was made from are rolled back


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks by itself")
def test_the_planner_knows_how_rows_are_spread(shipped: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'esimguide_procedure'")
        assert cursor.fetchone()[0] > 0
