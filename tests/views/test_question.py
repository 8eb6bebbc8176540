"""views/question.py."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from esimguide.models import Status
from tests.factories import (
    make_carrier,
    make_document,
    make_procedure,
    make_question,
    make_source,
    make_topic,
    pair,
)
from tests.reading import links, soup, texts

pytestmark = pytest.mark.django_db


def test_list_shows_answer_and_where_it_belongs(client: Client) -> None:
    procedure = make_procedure(carrier=make_carrier(slug="cmhk"), slug="lost")
    make_question(
        slug="who-pays",
        procedure=procedure,
        carrier=procedure.carrier,
        topic=make_topic(slug="loss"),
        document=make_document(slug="hkid"),
        **pair("answer", "登記人**先付**。", "机主**先付**。"),
    )
    make_question(status=Status.DRAFT)
    page = soup(client.get("/zh-hant/questions/"))
    assert texts(page, ".question .prose") == ["登記人先付。"]
    assert links(page, ".question__place a") == [
        "/zh-hant/carriers/cmhk/lost/",
        "/zh-hant/carriers/cmhk/",
        "/zh-hant/topics/loss/",
        "/zh-hant/documents/#hkid",
    ]
    assert links(page, ".contents a") == ["#who-pays"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        question = make_question(procedure=make_procedure(carrier=make_carrier()))
        question.sources.add(make_source())
    with django_assert_num_queries(2):
        client.get("/zh-hant/questions/")
