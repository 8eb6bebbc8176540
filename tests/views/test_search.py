"""views/search.py."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from esimguide.models import Synonym, ZeroResultSearch
from esimguide.models.zero_result_search import MOST_A_DAY
from tests.factories import (
    make_carrier,
    make_procedure,
    make_situation,
    make_topic,
    pair,
)
from tests.html import links, soup, texts, words

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_every_page_has_the_box(client: Client) -> None:
    page = soup(client.get("/zh-hant/about/"))
    assert [f["action"] for f in page.select("search form")] == ["/zh-hant/search/"]
    assert texts(page, 'label[for="search-words"]') == ["搜尋本指南"]


def test_hits_are_shown_in_the_readers_script_with_the_words_marked(client: Client) -> None:
    make_topic(slug="t", **pair("title", "補領儲值卡", "补办预付费卡"))
    hant = soup(client.get("/zh-hant/search/?q=储值"))
    hans = soup(client.get("/zh-hans/search/?q=補辦"))
    assert (texts(hant, ".hit__title"), texts(hant, ".hit__title mark")) == (
        ["補領儲值卡"],
        ["儲值"],
    )
    assert (texts(hans, ".hit__title"), texts(hans, ".hit__title mark")) == (
        ["补办预付费卡"],
        ["补办"],
    )
    assert links(hans, ".hit__title") == ["/zh-hans/topics/t/"]


def test_carrier_and_situation_offer_the_answer(client: Client) -> None:
    carrier = make_carrier(slug="3hk", **pair("name", "3香港", "3香港"))
    situation = make_situation(slug="new-phone", **pair("title", "換新手機", "换新手机"))
    Synonym.objects.create(word="換機", situation=situation)
    make_procedure(carrier=carrier, situations=[situation])
    page = soup(client.get("/zh-hant/search/?q=3HK 換機"))
    assert links(page, ".way-on a") == ["/zh-hant/answer/?carrier=3hk&situation=new-phone"]
    assert "「換機」" not in words(page.select_one("#hits"))
    assert "換機，同時搜尋：換新手機" in texts(page, ".hint")


def test_lines_of_a_hit_are_joined_without_a_space_after_a_full_width_sign(client: Client) -> None:
    make_topic(**pair("summary", "先報失。", "先挂失。"), **pair("body", "再補領。", "再补办。"))
    page = soup(client.get("/zh-hant/search/?q=補領"))
    assert [p.get_text() for p in page.select(".hit__text")][1:] == ["先報失。再補領。"]


def test_no_hit_offers_ways_on_and_is_counted_once_a_settled_query(
    client: Client, htmx: Client
) -> None:
    make_carrier(slug="3hk")
    response = client.get("/zh-hant/search/?q=火星文")
    htmx.get("/zh-hant/search/?q=火星文", headers={"HX-Target": "hits"})
    client.get("/zh-hans/search/?q=火星文")
    page = soup(response)
    assert words(page.h2) == "找不到"
    assert links(page, "#hits .choice") == ["/zh-hant/carriers/3hk/#contact"]
    assert list(ZeroResultSearch.objects.values_list("query", "total")) == [("火星文", 2)]
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("電話 2945 8888 火星", "电话 # 火星"),
        ("A123456(7) 火星", "# 火星"),
        ("me@example.org 火星", "me example org 火星"),
        ("火星1234", "火星 1234"),
    ],
)
def test_nothing_personal_is_counted(client: Client, typed: str, kept: str) -> None:
    client.get("/zh-hant/search/", {"q": typed})
    assert [m.query for m in ZeroResultSearch.objects.all()] == [kept]


def test_only_so_many_queries_are_counted_a_day(client: Client) -> None:
    today = dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=8))).date()
    ZeroResultSearch.objects.bulk_create(
        ZeroResultSearch(day=today, query=str(n)) for n in range(MOST_A_DAY)
    )
    assert client.get("/zh-hant/search/?q=火星文").status_code == 200
    assert ZeroResultSearch.objects.count() == MOST_A_DAY


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a pragma of SQLite makes it so")
def test_a_read_only_database_still_answers(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
        response = client.get("/zh-hant/search/?q=火星文")
        cursor.execute("PRAGMA query_only = 0")
    assert (response.status_code, ZeroResultSearch.objects.count()) == (200, 0)


def test_a_long_query_is_cut_with_a_word_about_it(client: Client) -> None:
    page = soup(client.get("/zh-hant/search/", {"q": "補" * 101}))
    assert texts(page, ".warning") == ["只搜尋了首100個字。"]
    assert page.select_one("#search-words")["value"] == "補" * 100  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?q=%22", 200),
        ("?q=*", 200),
        ("?q=NEAR(", 200),
        ("?q=%25_%5C", 200),
        ("?q=%00", 400),
        ("?q=%ED%A0%80", 200),
        ("?q=%E2%80%AE", 200),
        ("?q=" + "a" * 20_000, 400),
        ("?q=+++", 200),
        ("", 200),
    ],
)
def test_nasty_input_never_fails(client: Client, query: str, status: int) -> None:
    make_topic()
    assert client.get(f"/zh-hant/search/{query}").status_code == status


def test_fragment_is_a_piece_of_the_page(client: Client, htmx: Client) -> None:
    make_topic(**pair("title", "補領", "补办"))
    page = client.get("/zh-hant/search/?q=補領")
    fragment = htmx.get("/zh-hant/search/?q=補領", headers={"HX-Target": "hits"})
    assert fragment.content.strip() in page.content
    assert fragment.content.strip().startswith(b'<section id="hits"')


def test_a_miss_costs_no_more_than_its_count(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_topic(**pair("title", "補領的事", "补办的事"))
    client.get("/zh-hant/search/")  # the first search of a minute also sweeps old counts away
    with django_assert_num_queries(4):  # the limit's count, words, all, version
        client.get("/zh-hant/search/?q=補領的")
    with django_assert_num_queries(6):  # besides: some, the miss's count
        client.get("/zh-hant/search/?q=補領火星")
