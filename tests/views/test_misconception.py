"""views/misconception.py."""

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import make_misconception, pair
from tests.html import soup, texts
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_list_shows_claim_correction_and_source(client: Client) -> None:
    make_misconception(
        **pair("claim", "舊碼可再用", "旧码可再用"), **pair("correction", "不可以。", "不行。")
    )
    make_misconception(status=Status.DRAFT)
    page = soup(client.get("/zh-hans/misconceptions/"))
    assert texts(page, ".misconception__claim") == ["不对： 旧码可再用"]
    assert texts(page, ".misconception .prose") == ["不行。"]
    assert texts(page, ".evidence__source") == ["通讯办：挂失页面"]


def test_list_queries_do_not_grow(
    client: Client,
) -> None:

    def add() -> None:
        make_misconception()

    assert_do_not_grow(add, lambda: client.get("/zh-hant/misconceptions/"), most=2)
