"""views/topic.py."""

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import (
    make_fact,
    make_question,
    make_source,
    make_term,
    make_topic,
    pair,
)
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_list_shows_published_topics(client: Client) -> None:
    make_topic(**pair("title", "保障自己", "保护自己"))
    make_topic(status=Status.WITHDRAWN)
    assert texts(soup(client.get("/zh-hans/topics/")), ".card__link") == ["保护自己"]


def test_detail_shows_text_facts_sources_and_questions(client: Client) -> None:
    topic = make_topic(slug="esim", **pair("body", "它是**晶片**。", "它是**芯片**。"))
    topic.sources.add(make_source())
    make_fact(topic=topic)
    make_question(topic=topic)
    page = soup(client.get("/zh-hant/topics/esim/"))
    assert [str(e) for e in page.select(".prose--long strong")] == ["<strong>晶片</strong>"]
    assert texts(page, ".fact__value") == ["HK$10"]
    assert texts(page, ".question__title") == ["誰付費？"]
    assert texts(page, ".sources li") == ["通訊辦：報失頁面"]


@pytest.mark.parametrize(
    ("language", "aside"),
    [("zh-hant", "先增值（即入錢）再說。"), ("zh-hans", "先充值（香港叫“增值”）再说。")],
)
def test_a_misleading_word_is_explained_once_on_its_first_use(
    client: Client, language: str, aside: str
) -> None:
    make_term(
        slug="top-up", **pair("word", "增值", "充值"), **pair("gloss", "即入錢", "香港叫“增值”")
    )
    topic = make_topic(
        slug="keep",
        **pair("title", "增值", "充值"),
        **pair("body", "先增值再說。\n\n再增值。", "先充值再说。\n\n再充值。"),
    )
    make_fact(topic=topic, **pair("value", "增值HK$50", "充值50港元"))
    page = soup(client.get(f"/{language}/topics/keep/"))
    assert texts(page, ".prose--long p")[0] == aside
    assert links(page, "a.term") == [f"/{language}/glossary/#top-up"]


def test_detail_of_an_unpublished_topic_is_not_found(client: Client) -> None:
    make_topic(slug="esim", status=Status.DRAFT)
    assert client.get("/zh-hant/topics/esim/").status_code == 404


def test_detail_queries_do_not_grow(
    client: Client,
) -> None:
    topic = make_topic(slug="esim")

    def add() -> None:
        topic.sources.add(make_source())
        make_fact(topic=topic)
        make_question(topic=topic)

    assert_do_not_grow(add, lambda: client.get("/zh-hant/topics/esim/"), most=6)
