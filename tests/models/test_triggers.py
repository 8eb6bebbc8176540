"""triggers.py: every committed edit of the content moves the version, and nothing else does."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from esimguide.models import Carrier, ContentVersion, Fact, Step, Term
from esimguide.models.triggers import content_tables, is_content
from tests.factories import make_carrier, make_fact, make_procedure, make_step

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
LIST = {
    "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master"
    " WHERE type = 'trigger' AND name LIKE '%moves_version' GROUP BY 1",
    "postgresql": "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger"
    " WHERE tgname = 'moves_version' GROUP BY 1",
}
EACH = {"sqlite": 3, "postgresql": 1}  # triggers of a table; one on PostgreSQL stands for all edits


def moves(act: Callable[[], object]) -> bool:
    before = ContentVersion.stamp()
    act()
    return ContentVersion.stamp() != before


def test_every_content_table_has_its_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LIST[connection.vendor])
        found = dict(cursor.fetchall())
    assert found == dict.fromkeys(content_tables(), EACH[connection.vendor])


def test_content_is_what_readers_see() -> None:
    assert (is_content(Carrier), is_content(Carrier.facts.rel.related_model)) == (True, True)
    assert (is_content(Carrier.history.model), is_content(ContentVersion)) == (False, False)
    assert "esimguide_step_facts" in content_tables()


def test_edits_by_any_path_move_the_version() -> None:
    carrier = make_carrier()
    assert moves(carrier.save)
    assert moves(lambda: Carrier.objects.update(position=3))
    assert moves(lambda: Carrier.objects.bulk_update([carrier], ["position"]))
    assert moves(lambda: call_command("loaddata", "fixtures/common/terms.json", verbosity=0))
    assert moves(lambda: connection.cursor().execute("UPDATE esimguide_term SET grade = 'A'"))
    assert moves(lambda: Term.objects.all().delete())


def test_ticks_move_the_version() -> None:
    step = make_step(procedure=make_procedure())
    fact = make_fact(carrier=make_carrier())
    assert moves(lambda: step.facts.add(fact))
    assert not moves(lambda: step.facts.add(fact))
    assert moves(step.facts.clear)
    # Django writes these as INSERT OR IGNORE, whose kind of conflict SQLite hands on to triggers.
    link = Step.facts.through(step=step, fact=fact)
    assert moves(lambda: Step.facts.through.objects.bulk_create([link], ignore_conflicts=True))


def test_what_readers_do_not_see_leaves_it_alone() -> None:
    assert not moves(lambda: get_user_model().objects.create_user("editor"))
    assert not moves(lambda: Session.objects.create(session_key="x", expire_date=timezone.now()))
    fact = make_fact(carrier=make_carrier())
    assert not moves(lambda: Fact.history.filter(id=fact.pk).delete())


def test_edit_that_is_undone_leaves_it_alone() -> None:
    def undone() -> None:
        with transaction.atomic():
            make_carrier()
            transaction.set_rollback(True)

    assert not moves(undone)


def test_version_moves_on_an_empty_table() -> None:
    ContentVersion.objects.all().delete()
    assert moves(make_carrier)


DROP = {
    "sqlite": "DROP TRIGGER esimguide_carrier_insert_moves_version",
    "postgresql": "DROP TRIGGER moves_version ON esimguide_carrier",
}


def test_lost_triggers_are_put_back_by_migrating() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DROP[connection.vendor])
    assert not moves(make_carrier)
    call_command("migrate", plan=True, verbosity=0)
    assert not moves(make_carrier)
    call_command("migrate", verbosity=0)
    assert moves(make_carrier)
