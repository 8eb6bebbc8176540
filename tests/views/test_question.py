"""views/question.py."""

import pytest
from django.test import Client

from esimguide.models import Question, Status
from tests.factories import (
    make_carrier,
    make_document,
    make_procedure,
    make_question,
    make_source,
    make_topic,
    pair,
)
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

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
    page = soup(client.get("/zh-hant/questions/replacing/"))
    assert texts(page, ".question .prose") == ["登記人先付。"]
    assert links(page, ".question__place a") == [
        "/zh-hant/carriers/cmhk/lost/",
        "/zh-hant/carriers/cmhk/",
        "/zh-hant/topics/loss/",
        "/zh-hant/documents/#hkid",
    ]


def test_list_groups_by_theme_and_each_question_has_its_own_address(client: Client) -> None:
    make_question(slug="minor", theme=Question.Theme.PAPERS)
    make_question(slug="erased", theme=Question.Theme.PHONE)
    make_question(slug="watch", theme=Question.Theme.PHONE)
    page = soup(client.get("/zh-hant/questions/"))
    assert links(page, ".index a") == [
        *("/zh-hant/questions/phone/", "/zh-hant/questions/phone/#erased"),
        *("/zh-hant/questions/phone/#watch", "/zh-hant/questions/papers/"),
        "/zh-hant/questions/papers/#minor",
    ]
    # Where an address of an answer used to lead, its question leads on.
    assert [e["id"] for e in page.select(".index li")] == ["erased", "watch", "minor"]
    page = soup(client.get("/zh-hant/questions/phone/"))
    assert links(page, ".index a") == ["#erased", "#watch"]
    assert links(page, ".question__title a") == ["#erased", "#watch"]
    assert [e["id"] for e in page.select(".question")] == ["erased", "watch"]


@pytest.mark.parametrize("theme", ["papers", "nothing"])
def test_theme_without_questions_is_not_found(client: Client, theme: str) -> None:
    make_question(theme=Question.Theme.PAPERS, status=Status.DRAFT)
    assert client.get(f"/zh-hant/questions/{theme}/").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("", 2), ("replacing/", 3)])
def test_queries_do_not_grow(
    client: Client,
    path: str,
    queries: int,
) -> None:

    def add() -> None:
        question = make_question(procedure=make_procedure(carrier=make_carrier()))
        question.sources.add(make_source())

    assert_do_not_grow(add, lambda: client.get(f"/zh-hant/questions/{path}"), most=queries)
