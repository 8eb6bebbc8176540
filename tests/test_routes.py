"""routes.py: which procedures answer which situation."""

import pytest

from esimguide.models import Procedure, Situation, State
from esimguide.routes import by_situation
from tests.factories import make_procedure, make_situation

pytestmark = pytest.mark.django_db


def test_by_situation_puts_confirmed_procedures_first() -> None:
    lost, broken = make_situation(), make_situation()
    unknown = make_procedure(situations=[lost, broken], state=State.UNKNOWN, source=None)
    known = make_procedure(situations=[lost])
    answers = by_situation(
        Situation.objects.all(), Procedure.objects.prefetch_related("situations")
    )
    assert [(a.situation, a.procedures, a.is_confirmed) for a in answers] == [
        (lost, [known, unknown], True),
        (broken, [unknown], False),
    ]
