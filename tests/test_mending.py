"""mending.py: connections that remember a fault are let go of, whoever uses them."""

import pytest
from django.db import connection, transaction

from esimguide import mending
from esimguide.mending import drop_connection, let_go

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each closing; Django itself never closes a database in memory."""
    monkeypatch.setattr(mending, "_doubts_until", 0.0)
    times: list[str] = []
    monkeypatch.setattr(connection, "close", lambda: times.append("closed"))
    return times


def test_without_a_fault_a_connection_stays(closed: list[str]) -> None:
    let_go()
    assert closed == []


def test_after_a_fault_each_use_is_the_last(closed: list[str]) -> None:
    drop_connection()
    assert closed == ["closed"]
    let_go()
    assert closed == ["closed"] * 2


def test_transaction_is_not_torn(closed: list[str]) -> None:
    with transaction.atomic():
        drop_connection()
    assert closed == []


def test_doubt_ends(closed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "DOUBT", 0)
    drop_connection()
    let_go()
    assert closed == []
