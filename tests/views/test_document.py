"""views/document.py."""

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import (
    make_carrier,
    make_document,
    make_procedure,
    make_requirement,
    pair,
)
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_list_shows_what_to_do_without_a_document(client: Client) -> None:
    make_document(**pair("if_missing", "先問電訊商。", "先问运营商。"))
    page = soup(client.get("/zh-hans/documents/"))
    assert texts(page, ".document p")[1] == "没有的话： 先问运营商。"


def test_list_leads_to_the_published_procedures_that_ask_for_it(client: Client) -> None:
    document = make_document()
    shown = make_procedure(carrier=make_carrier(slug="cmhk"), slug="lost")
    make_requirement(document=document, procedure=shown)
    make_requirement(document=document, procedure=make_procedure(status=Status.DRAFT))
    page = soup(client.get("/zh-hant/documents/"))
    assert links(page, ".document a") == ["/zh-hant/carriers/cmhk/lost/"]


def test_list_queries_do_not_grow(
    client: Client,
) -> None:

    def add() -> None:
        make_requirement(procedure=make_procedure(carrier=make_carrier()))

    assert_do_not_grow(add, lambda: client.get("/zh-hant/documents/"), most=3)
