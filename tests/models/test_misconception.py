"""Misconception: which of them a page shows."""

import pytest

from esimguide.models import Misconception, Status
from tests.factories import make_carrier, make_misconception, make_situation

pytestmark = pytest.mark.django_db


def test_they_fit_situation_and_carrier() -> None:
    lost, stolen = make_situation(), make_situation()
    own, other = make_carrier(), make_carrier()
    for_all, for_one, _elsewhere = (make_misconception() for _ in range(3))
    for_all.situations.set([lost, stolen])
    for_one.situations.add(lost)
    for_one.carriers.add(own)
    make_misconception(status=Status.DRAFT).situations.add(lost)
    published = Misconception.objects.published()
    assert list(published.met_in([lost, stolen], own)) == [for_all, for_one]
    assert list(published.met_in([lost], other)) == [for_all]
    assert list(published.met_in([lost], None)) == [for_all]
    assert list(published.met_in([], own)) == []
