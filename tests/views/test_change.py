"""views/change.py."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import (
    make_carrier,
    make_change,
    make_device,
    make_procedure,
    make_service,
    make_step,
    make_topic,
    pair,
)
from tests.html import links, soup, texts

pytestmark = pytest.mark.django_db


def test_list_shows_the_newest_first(client: Client) -> None:
    carrier = make_carrier(**pair("name", "3香港", "3香港"))
    make_change(made_on=dt.date(2026, 11, 1), carrier=carrier)
    make_change(made_on=dt.date(2026, 11, 24), **pair("text", "新增問題。", "新增问题。"))
    make_change(status=Status.DRAFT)
    page = soup(client.get("/zh-hant/changes/"))
    assert texts(page, ".changes li") == [
        "2026年11月24日 新增問題。",
        "2026年11月1日 3香港：更新收費。",
    ]


def test_every_kind_of_page_shows_its_own_changes(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    procedure = make_procedure(carrier=carrier, slug="lost")
    make_step(procedure=procedure, position=1)
    places = {
        "carriers/cmhk/": {"carrier": carrier},
        "carriers/cmhk/lost/": {"procedure": procedure},
        "topics/safe/": {"topic": make_topic(slug="safe")},
        "devices/iphone/": {"device": make_device(slug="iphone")},
        "codes/octopus/": {"service": make_service(slug="octopus")},
    }
    for path, place in places.items():
        make_change(**place, **pair("text", f"改了{path}", f"改了{path}"))
        make_change(**place, status=Status.DRAFT)
    for path in places:
        page = soup(client.get(f"/zh-hans/{path}"))
        assert texts(page, ".changes li") == [f"2026年11月23日 改了{path}"]
    listed = soup(client.get("/zh-hant/changes/"))
    assert set(links(listed, ".changes a")) == {f"/zh-hant/{path}" for path in places}


@pytest.mark.parametrize(
    ("language", "tag"), [("zh-hant", "zh-Hant-HK"), ("zh-hans", "zh-Hans-CN")]
)
def test_feed_has_what_atom_demands(client: Client, language: str, tag: str) -> None:
    make_change(slug="fee", **pair("text", "改收<HK$80> & 其他", "改收<HK$80> & 其他"))
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(client.get(f"/{language}/changes.atom").content)  # noqa: S314 (ours)
    names = ("title", "id", "updated", "author")
    assert all(len(feed.findall(atom + name)) == 1 for name in names)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == tag
    [entry] = feed.findall(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == "改收<HK$80> & 其他"
    assert entry.findtext(f"{atom}id") == f"http://testserver/{language}/changes/#fee"
