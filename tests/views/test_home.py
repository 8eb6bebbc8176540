"""views/home.py."""

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import (
    make_carrier,
    make_procedure,
    make_situation,
    make_topic,
    pair,
)
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_home_names_the_published_carriers(client: Client) -> None:
    make_carrier(slug="cmhk", **pair("name", "中國移動香港", "中国移动香港"))
    make_carrier(slug="secret", status=Status.DRAFT)
    page = soup(client.get("/zh-hans/"))
    assert texts(page, ".choice") == ["中国移动香港", "不知道"]
    assert links(page, ".choice") == [
        "/zh-hans/answer/?carrier=cmhk",
        "/zh-hans/answer/?carrier=unknown",
    ]


def test_home_puts_first_aid_into_the_emergency_block(client: Client) -> None:
    make_procedure(slug="swap", is_first_aid=True)
    make_procedure(slug="move")
    page = soup(client.get("/zh-hant/"))
    assert links(page, ".care a") == ["/zh-hant/general/swap/"]
    assert sorted(links(page, ".card__link")) == [
        "/zh-hant/general/move/",
        "/zh-hant/general/swap/",
    ]


def test_home_leads_only_to_topics_that_exist(client: Client) -> None:
    assert "/topics/find-your-carrier/" not in "".join(links(soup(client.get("/zh-hant/"))))
    make_topic(slug="find-your-carrier")
    assert "/zh-hant/topics/find-your-carrier/" in links(soup(client.get("/zh-hant/")))


def test_home_queries_do_not_grow(
    client: Client,
) -> None:

    def add() -> None:
        make_carrier()
        make_topic()
        make_procedure(situations=[make_situation()])

    assert_do_not_grow(add, lambda: client.get("/zh-hant/"), most=4)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-HK", "zh-hant"),
        ("zh-TW,zh;q=0.9", "zh-hant"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("en-GB", "zh-hant"),
        ("", "zh-hant"),
    ],
)
def test_bare_address_chooses_by_the_browsers_language(
    client: Client, accepted: str, language: str
) -> None:
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies
