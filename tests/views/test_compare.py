"""views/compare.py."""

import pytest
from django.test import Client

from esimguide.models import Channel, Status
from tests.factories import (
    make_carrier,
    make_channel,
    make_fact,
    make_procedure,
    make_unknown_fact,
    pair,
)
from tests.html import links, soup, texts, words
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_at_first_there_is_only_the_choice(client: Client) -> None:
    make_carrier(slug="cmhk", **pair("name", "甲", "甲"))
    make_carrier(status=Status.DRAFT)
    page = soup(client.get("/zh-hant/compare/"))
    assert texts(page, ".have__item") == ["甲"]
    assert page.select(".compare") == []


def test_chosen_carriers_stand_under_every_heading(client: Client) -> None:
    for slug in ("cmhk", "csl", "3hk"):
        make_carrier(slug=slug, **pair("name", slug, slug))
    page = soup(client.get("/zh-hant/compare/?carrier=cmhk&carrier=csl"))
    headings = [h["id"] for h in page.select("main h2")]
    names = ["certainty", "places", "hotlines", "fees", "times", "kept", "documents"]
    assert headings == [*names, "before-deciding"]
    assert [texts(grid, "h3") for grid in page.select(".compare")] == [["cmhk", "csl"]] * 7


def test_values_without_a_link_are_shown_as_text(client: Client) -> None:
    carrier = make_carrier(slug="cmhk", **pair("name", "甲", "甲"))
    make_channel(carrier=carrier, value="內線3")
    make_channel(carrier=carrier, kind=Channel.Kind.WEBSITE, value="官網")
    make_carrier(slug="csl")
    page = soup(client.get("/zh-hant/compare/?carrier=cmhk&carrier=csl"))
    assert "內線3" in page.select_one(".compare li").text
    assert "甲：官網" in texts(page, ".link-list li")
    assert not {"", None} & set(links(page, "main a[href]"))


def test_what_is_not_known_says_so(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    make_unknown_fact(carrier=carrier)
    make_procedure(carrier=carrier, from_mainland=True, **pair("title", "報失", "挂失"))
    make_channel(carrier=carrier)
    page = soup(client.get("/zh-hant/compare/?carrier=cmhk"))
    assert texts(page, "[aria-labelledby=places] dd") == [
        "報失 官方",
        "報失 官方",
        "未確認。",
        "未確認。",
    ]
    assert "服務時間：未確認" in words(page.select_one("[aria-labelledby=hotlines]"))
    assert "補領eSIM收費多少？" in words(page.select_one("[aria-labelledby=fees]"))
    assert texts(page, "[aria-labelledby=times] .fact__value--unknown") == ["未確認。"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("", ["a", "b"]), ("confirmed", ["b", "a"]), ("outside", ["b", "a"]), ("kept", ["b", "a"])],
)
def test_plain_links_change_the_order(client: Client, order: str, expected: list[str]) -> None:
    make_carrier(slug="a", position=1, **pair("name", "a", "a"))
    carrier = make_carrier(slug="b", position=2, **pair("name", "b", "b"))
    make_fact(carrier=carrier, kind="kept", amount_max=3, unit="months")
    make_procedure(carrier=carrier, from_macau=True)
    first = soup(client.get("/zh-hant/compare/?carrier=a&carrier=b"))
    address = "/zh-hant/compare/?carrier=a&carrier=b"
    wanted = f"{address}&sort={order}" if order else address
    assert not order or wanted in links(first, ".compare-orders a")
    assert texts(soup(client.get(wanted)), "[aria-labelledby=certainty] h3") == expected


@pytest.mark.parametrize(
    "query",
    [
        "?carrier=csl&carrier=cmhk",
        "?carrier=cmhk&carrier=csl&x=1&sort=price",
        "?carrier=cmhk&carrier=csl&carrier=no",
    ],
)
def test_odd_query_is_sent_to_the_canonical_address(client: Client, query: str) -> None:
    make_carrier(slug="cmhk")
    make_carrier(slug="csl")
    response = client.get(f"/zh-hant/compare/{query}")
    expected = "/zh-hant/compare/?carrier=cmhk&carrier=csl"
    assert (response.status_code, response["Location"]) == (302, expected)


def test_queries_do_not_grow(client: Client) -> None:
    slugs = []

    def add() -> None:
        carrier = make_carrier()
        slugs.append(f"carrier={carrier.slug}")
        make_fact(carrier=carrier)
        make_channel(carrier=carrier)
        make_procedure(carrier=carrier)

    def ask() -> None:
        assert client.get(f"/zh-hant/compare/?{'&'.join(sorted(slugs))}").status_code == 200

    assert_do_not_grow(add, ask, most=9)
