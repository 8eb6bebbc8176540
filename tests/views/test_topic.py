"""views/topic.py."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from esimguide.models import Status
from tests.factories import make_fact, make_question, make_source, make_topic, pair
from tests.reading import soup, texts

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


def test_detail_of_an_unpublished_topic_is_not_found(client: Client) -> None:
    make_topic(slug="esim", status=Status.DRAFT)
    assert client.get("/zh-hant/topics/esim/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_queries_do_not_grow(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    topic = make_topic(slug="esim")
    for _ in range(rows):
        topic.sources.add(make_source())
        make_fact(topic=topic)
        make_question(topic=topic)
    with django_assert_num_queries(4):
        client.get("/zh-hant/topics/esim/")
