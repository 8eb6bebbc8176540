"""views/document.py."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from esimguide.models import Status
from esimguide.shared import shared
from tests.factories import make_carrier, make_document, make_procedure, make_requirement, pair
from tests.reading import links, soup, texts

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


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_requirement(procedure=make_procedure(carrier=make_carrier()))
    shared()
    with django_assert_num_queries(3):
        client.get("/zh-hant/documents/")
