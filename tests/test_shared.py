"""shared.py: what pages share is read once a content version, and an edit shows at once."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from esimguide.models import Carrier, Status
from esimguide.shared import shared
from tests.factories import (
    make_capability,
    make_carrier,
    make_channel,
    make_misconception,
    make_situation,
    make_topic,
    pair,
)
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db


def test_is_kept_while_nothing_changes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_carrier()
    first = shared()
    with django_assert_num_queries(1):
        assert shared() is first


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_anew_does_not_grow(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_channel(carrier=make_carrier(host=make_carrier())).needs.add(make_capability())
        make_situation().takes.add(make_capability())
        misconception = make_misconception()
        misconception.situations.add(make_situation())
        misconception.carriers.add(make_carrier())
        make_topic()
    with django_assert_num_queries(14):
        shared()


def test_is_read_anew_each_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = shared()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert shared() is not first


def test_an_edit_shows_at_once(client: Client) -> None:
    carrier = make_carrier(slug="cmhk", **pair("name", "舊名", "旧名"))
    before = texts(soup(client.get("/zh-hant/carriers/cmhk/")), "h1")
    Carrier.objects.filter(pk=carrier.pk).update(name_zh_hant="新名")
    make_channel(carrier=carrier, **pair("label", "熱線", "热线"))
    after = soup(client.get("/zh-hant/carriers/cmhk/"))
    assert (before, texts(after, "h1")) == (["舊名"], ["新名"])
    assert texts(after, ".channel__label") == ["熱線"]


def test_lists_show_published_carriers_only() -> None:
    host = make_carrier()
    brand = make_carrier(host=host)
    make_carrier(host=host, status=Status.DRAFT)
    assert shared().published_carriers == {host.slug: host, brand.slug: brand}
    assert shared().brands(host) == [brand]
    assert shared().brands(brand) == []


def test_misconceptions_fit_situation_and_carrier() -> None:
    lost, stolen = make_situation(), make_situation()
    own, other = make_carrier(), make_carrier()
    for_all, for_one, _elsewhere = (make_misconception() for _ in range(3))
    for_all.situations.set([lost, stolen])
    for_one.situations.add(lost)
    for_one.carriers.add(own)
    make_misconception(status=Status.DRAFT).situations.add(lost)
    assert shared().misconceptions_of([lost, stolen], own) == [for_all, for_one]
    assert shared().misconceptions_of([lost], other) == [for_all]
    assert shared().misconceptions_of([lost], None) == [for_all]
    assert shared().misconceptions_of([], own) == []
    assert shared().misconceptions_about(own) == [for_one]
