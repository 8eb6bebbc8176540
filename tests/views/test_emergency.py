"""views/emergency.py: one screen, no script, every loss line."""

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import make_carrier, make_channel, make_topic, pair
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_names_the_loss_lines_of_published_carriers(client: Client) -> None:
    carrier = make_carrier(**pair("name", "中國移動香港", "中国移动香港"))
    make_channel(carrier=carrier, is_loss_line=True, value="29458888")
    make_channel(carrier=carrier, value="12345678")
    make_channel(carrier=make_carrier(status=Status.DRAFT), is_loss_line=True)
    page = soup(client.get("/zh-hans/first-ten-minutes/"))
    assert texts(page, ".loss-lines li") == ["中国移动香港 +852 2945 8888"]
    assert links(page, ".loss-lines a") == ["tel:+85229458888"]


def test_a_loss_line_that_is_no_number_stands_there_as_text(client: Client) -> None:
    carrier = make_carrier(**pair("name", "甲", "甲"))
    make_channel(carrier=carrier, is_loss_line=True, value="內線3")
    page = soup(client.get("/zh-hant/first-ten-minutes/"))
    assert texts(page, ".loss-lines li") == ["甲 內線3"]
    assert links(page, ".loss-lines a") == []


def test_page_needs_no_script(client: Client) -> None:
    page = soup(client.get("/zh-hant/first-ten-minutes/"))
    assert page.select("script") == []
    assert page.select("link[rel=stylesheet]") == []  # for paper too it has all in itself
    assert "@media print" in page.select("style")[-1].get_text()


def test_every_page_leads_there(client: Client) -> None:
    page = soup(client.get("/zh-hant/none/"))
    assert "/zh-hant/first-ten-minutes/" in links(page, ".site-nav a")


def test_short_address_leads_there_in_the_readers_language(client: Client) -> None:
    response = client.get("/10", headers={"Accept-Language": "zh-CN"})
    assert (response.status_code, response["Location"]) == (302, "/zh-hans/first-ten-minutes/")


def test_queries_do_not_grow(
    client: Client,
) -> None:

    def add() -> None:
        make_channel(is_loss_line=True)
        make_topic()

    assert_do_not_grow(add, lambda: client.get("/zh-hant/first-ten-minutes/"), most=3)
