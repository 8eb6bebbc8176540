"""A database of an earlier release: taken up where it stands, or refused in plain words."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from esimguide.models import Carrier
from tests.factories import make_carrier

pytestmark = pytest.mark.sql

SQUASHED = ("esimguide", "0001_squashed_0016_titles")


@pytest.fixture
def replaced(db: None) -> list[str]:
    """Return the names of the migrations that the squashed one stands for; none is applied."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="esimguide").delete()
    return [name for _, name in MigrationLoader(None).disk_migrations[SQUASHED].replaces]


def test_a_database_of_the_release_before_is_taken_up_as_it_is(replaced: list[str]) -> None:
    recorder = MigrationRecorder(connection)
    for name in replaced:
        recorder.record_applied("esimguide", name)
    carrier = make_carrier()
    call_command("migrate", "esimguide", SQUASHED[1], verbosity=0, skip_checks=False)
    assert SQUASHED in recorder.applied_migrations()
    assert Carrier.objects.get() == carrier


def test_one_that_stops_half_way_is_refused(replaced: list[str]) -> None:
    recorder = MigrationRecorder(connection)
    for name in replaced[:10]:
        recorder.record_applied("esimguide", name)
    with pytest.raises(CommandError, match=r"stops at 0010_synced.*from 0016_titles"):
        call_command("migrate", verbosity=0, skip_checks=False)
    assert SQUASHED not in recorder.applied_migrations()


@pytest.mark.django_db
def test_the_models_are_those_of_the_migrations() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
