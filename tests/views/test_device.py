"""views/device.py: will this phone take a Hong Kong eSIM?"""

from itertools import count

import pytest
from django.test import Client

from esimguide.models import Device, Status
from tests.factories import (
    make_change,
    make_device,
    make_topic,
    make_unknown_device,
    pair,
)
from tests.html import links, soup, texts, words
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db
DEVICES = "/zh-hant/devices/"


def test_list_groups_by_brand_then_model_then_where_it_was_sold(client: Client) -> None:
    make_device(slug="a", position=1)
    make_device(slug="b", position=2, region="mainland", esim="no")
    make_device(slug="c", position=3, brand="samsung", **pair("name", "S24", "S24"))
    make_device(status=Status.DRAFT)
    page = soup(client.get("/zh-hans/devices/"))
    assert texts(page, ".brand__name") == ["Apple", "三星"]
    assert texts(page, ".model__name") == ["iPhone 13", "S24"]
    assert texts(page, ".model__where") == ["香港或澳门", "中国内地", "香港或澳门"]
    assert texts(page, ".model__sold .tag") == ["有eSIM", "没有eSIM", "有eSIM"]
    assert links(page, ".model__where") == [f"/zh-hans/devices/{s}/" for s in "abc"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["a", "b", "c"]),
        ("q=%E4%B8%89%E6%98%9F", ["c"]),
        ("q=iphone&region=mainland", ["b"]),
        ("q=iphone13", ["a", "b"]),
        ("region=moon", ["a", "b", "c"]),
        ("region=any", ["a", "b", "c"]),
        ("region=&q=", ["a", "b", "c"]),
        ("q=%25", []),
        ("q=%E4%B8", []),
    ],
)
def test_list_narrows_by_words_and_region(client: Client, query: str, slugs: list[str]) -> None:
    make_device(slug="a", position=1)
    make_device(slug="b", position=2, region="mainland")
    make_device(slug="c", position=3, brand="samsung", **pair("name", "S24", "S24"))
    page = soup(client.get(f"{DEVICES}?{query}"))
    assert links(page, ".model__where") == [f"/zh-hant/devices/{s}/" for s in slugs]


@pytest.mark.parametrize("query", ["q=%00", f"q={'x' * 20000}"])
def test_odd_queries_are_refused(client: Client, query: str) -> None:
    assert client.get(f"{DEVICES}?{query}").status_code == 400


def test_a_model_known_only_elsewhere_stands_apart_and_says_so(client: Client) -> None:
    make_device(slug="uk", region="elsewhere", **pair("market", "英國", "英国"))
    page = soup(client.get(f"{DEVICES}?q=iphone&region=hong-kong"))
    assert words(page.select_one("#devices-title")) == "0項（香港或澳門出售）"
    assert links(page, ".elsewhere .model__where") == ["/zh-hant/devices/uk/"]
    assert texts(page, ".elsewhere .warning") == [
        "這些型號在香港或澳門出售的版本，我們找不到資料。其他地方的版本有或沒有eSIM，不等於你的也一樣，要查EID。"
    ]


def test_nothing_found_is_an_answer_with_how_to_check(client: Client) -> None:
    page = soup(client.get(f"{DEVICES}?q=nokia"))
    assert links(page, "#devices p a") == ["/zh-hant/devices/"]
    assert texts(page, "#check") == ["十秒檢查自己的手機"]


def test_brand_links_keep_the_region(client: Client) -> None:
    page = soup(client.get(f"{DEVICES}?q=Apple&region=us"))
    assert links(page, ".brands__link")[:2] == ["/zh-hant/devices/?region=us", "?q=Apple&region=us"]
    assert texts(page, ".brands__link[aria-current]") == ["Apple"]


def test_fragment_is_a_piece_of_the_page(client: Client, htmx: Client) -> None:
    make_device()
    make_device(region="us", **pair("name", "iPhone 15", "iPhone 15"))
    address = f"{DEVICES}?q=iphone&region=hong-kong"
    page = client.get(address)
    fragment = htmx.get(address, headers={"HX-Target": "devices"})
    assert fragment.content.strip() in page.content
    assert fragment.content.strip().startswith(b'<section class="devices" id="devices"')


@pytest.mark.parametrize("path", ["?region=hong-kong", "own/"])
def test_queries_do_not_grow(client: Client, path: str) -> None:
    numbers = count()
    make_device(slug="own")
    make_topic(slug="how-many-esims")

    def add() -> None:
        name = f"Galaxy {next(numbers)}"
        make_device()
        make_device(region="us", **pair("name", name, name))
        make_change(device=Device.objects.get(slug="own"))

    assert_do_not_grow(add, lambda: client.get(f"{DEVICES}{path}"), most=5)


def test_detail_gives_the_answer_its_evidence_and_other_versions(client: Client) -> None:
    make_topic(slug="how-many-esims")
    make_topic(slug="another")
    make_device(slug="iphone-13-us", region="us")
    make_device(slug="iphone-13-hk", esim="no", **pair("note", "兩個**卡位**。", "两个**卡槽**。"))
    page = soup(client.get("/zh-hans/devices/iphone-13-hk/"))
    assert words(page.h1) == "iPhone 13"
    assert texts(page, ".lead, article .prose") == ["没有eSIM", "两个卡槽。"]
    assert texts(page, ".evidence__state") == ["官方"]
    assert links(page, ".model__where") == ["/zh-hans/devices/iphone-13-us/"]
    assert links(page, ".actions a") == ["/zh-hans/answer/?device=iphone-13-hk"]
    assert links(page, ".about-phones a") == ["/zh-hans/topics/how-many-esims/"]
    assert texts(page, "#then") == ["你可以怎么做"]


def test_detail_of_an_unknown_device_says_how_to_check(client: Client) -> None:
    make_unknown_device(slug="unknown")
    page = soup(client.get("/zh-hant/devices/unknown/"))
    assert texts(page, ".lead, article > .prose") == ["未確認", "輸入*#06#看EID。"]
    assert texts(page, "#check") == ["十秒檢查自己的手機"]


@pytest.mark.parametrize("kind", ["watch", "card", "tablet"])
def test_only_a_phone_leads_to_an_answer(client: Client, kind: str) -> None:
    make_device(slug="x", kind=kind, esim="no")
    page = soup(client.get("/zh-hant/devices/x/"))
    assert page.select(".actions, #then, #check") == []


@pytest.mark.parametrize("slug", ["none", "draft"])
def test_unknown_or_unpublished_is_not_found(client: Client, slug: str) -> None:
    make_device(slug="draft", status=Status.DRAFT)
    assert client.get(f"/zh-hant/devices/{slug}/").status_code == 404
