"""manage.py migrate: puts back what a rebuilt table has lost."""

import pytest
from django.core.management import call_command
from django.db import connection

from esimguide.models import ContentVersion
from tests.factories import make_carrier

pytestmark = pytest.mark.sql

DROP = {
    "sqlite": "DROP TRIGGER esimguide_carrier_insert_moves_version",
    "postgresql": "DROP TRIGGER moves_version ON esimguide_carrier",
}


@pytest.mark.django_db
def test_lost_triggers_are_put_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DROP[connection.vendor])
    before = ContentVersion.current()
    make_carrier()
    assert ContentVersion.current() == before
    call_command("migrate", plan=True, verbosity=0)
    make_carrier()
    assert ContentVersion.current() == before
    call_command("migrate", verbosity=0)
    make_carrier()
    assert ContentVersion.current() == before + 1
