"""views/change.py."""

import datetime as dt

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import make_carrier, make_change, pair
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db


def test_list_shows_the_newest_first(client: Client) -> None:
    carrier = make_carrier(**pair("name", "3香港", "3香港"))
    make_change(made_on=dt.date(2026, 11, 1), carrier=carrier)
    make_change(made_on=dt.date(2026, 11, 24), **pair("text", "新增問題。", "新增问题。"))
    make_change(status=Status.DRAFT)
    page = soup(client.get("/zh-hant/changes/"))
    assert texts(page, ".changes li") == [
        "2026年11月24日 新增問題。",
        "2026年11月1日 3香港：更新收費。",
    ]
