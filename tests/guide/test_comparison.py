"""comparison.py."""

import pytest

from esimguide.guide.comparison import Column, Order, columns
from tests.factories import (
    make_carrier,
    make_channel,
    make_fact,
    make_procedure,
    make_unknown_fact,
)

pytestmark = pytest.mark.django_db


def test_where_a_loss_is_reported_comes_first() -> None:
    carrier = make_carrier()
    make_channel(carrier=carrier, value="1", position=1)
    make_channel(carrier=carrier, value="2", position=2, is_loss_line=True)
    assert [c.value for c in Column(carrier).hotlines] == ["2", "1"]


def test_only_what_is_confirmed_and_published_counts() -> None:
    carrier = make_carrier()
    make_procedure(carrier=carrier, from_macau=True, state="unknown")
    make_procedure(carrier=carrier, from_macau=True, status="draft")
    make_unknown_fact(carrier=carrier, kind="kept")
    column = Column(carrier)
    assert (column.outside, column.confirmed, column.days_kept) == (0, 0, 0)


def test_months_count_as_thirty_days() -> None:
    longer, shorter = make_carrier(position=2), make_carrier(position=1)
    make_fact(carrier=longer, kind="kept", amount_max=3, unit="months")
    make_fact(carrier=shorter, kind="kept", amount_max=89, unit="days")
    assert [c.carrier for c in columns([shorter, longer], Order.KEPT)] == [longer, shorter]
