"""models/checked.py: what evidence a state needs, and when a check is overdue."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from esimguide.models import Fact, State
from esimguide.models.checked import is_overdue
from tests.factories import make_fact, make_unknown_fact

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("state", [State.OFFICIAL, State.REPORTED])
def test_confirmed_needs_source_and_day(state: State) -> None:
    fact = make_fact(state=state)
    fact.clean()
    fact.source, fact.checked_on = None, None
    with pytest.raises(ValidationError) as raised:
        fact.clean()
    assert sorted(raised.value.message_dict) == ["checked_on", "source"]


def test_unknown_needs_neither() -> None:
    fact = make_unknown_fact(checked_on=None)
    fact.clean()
    assert not fact.is_confirmed


def test_a_check_cannot_lie_in_the_future() -> None:
    fact = make_fact()
    fact.checked_on = timezone.localdate() + DAY
    with pytest.raises(ValidationError) as raised:
        fact.clean()
    assert list(raised.value.message_dict) == ["checked_on"]


def test_overdue_starts_the_day_after_the_check_was_due() -> None:
    today = timezone.localdate()
    dates = [today - DAY, today, today + DAY, None]
    facts = [make_fact(check_again_on=date) for date in dates]
    assert [fact.is_overdue for fact in facts] == [True, False, False, False]
    assert list(Fact.objects.filter(is_overdue(today))) == [facts[0]]
