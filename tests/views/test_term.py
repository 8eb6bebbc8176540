"""views/term.py."""

import pytest
from django.test import Client

from esimguide.models import Term
from tests.factories import make_term, make_topic, pair
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_list_shows_both_sides_words_whatever_the_readers_language(client: Client) -> None:
    make_term(**pair("word", "補領", "补办"), english="replace", grade=Term.Grade.FOREIGN)
    make_term(**pair("word", "增值", "充值"), english="top up")
    page = soup(client.get("/zh-hans/glossary/"))
    rows = [texts(row, "td") for row in page.select("tr[id]")]
    assert rows == [
        ["增值", "充值", "top up", "给卡充钱。"],
        ["補領", "补办", "replace", "给卡充钱。"],
    ]
    assert [td.get("lang") for td in page.select("tr[id] td")[:4]] == [
        *("zh-Hant-HK", "zh-Hans-CN", "en", None)
    ]


def test_a_misleading_word_leads_to_the_topics_that_use_it(client: Client) -> None:
    make_term(slug="top-up", **pair("word", "增值", "充值"))
    make_term(**pair("word", "儲值", "预付"), grade=Term.Grade.FOREIGN)
    make_topic(slug="keep", **pair("body", "儲值卡要增值。", "预付费卡要充值。"))
    make_topic(slug="other")
    page = soup(client.get("/zh-hant/glossary/"))
    assert links(page, ".glossary__uses a") == ["/zh-hant/topics/keep/"]


def test_queries_do_not_grow(
    client: Client,
) -> None:

    def add() -> None:
        make_term()
        make_topic()

    assert_do_not_grow(add, lambda: client.get("/zh-hant/glossary/"), most=2)
