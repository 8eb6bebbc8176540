"""views/privacy.py: what is kept, and for how long."""

import pytest
from django.test import Client

from tests.html import soup, texts

pytestmark = pytest.mark.django_db


def test_days_are_those_that_the_command_obeys(client: Client) -> None:
    hant, hans = (soup(client.get(f"/{code}/privacy/")) for code in ("zh-hant", "zh-hans"))
    assert texts(hant, ".keeps td:last-child") == [
        *("365日", "365日", "到答覆傳出為止，最多90日", "730日", "365日", "30日", "最多一日")
    ]
    assert texts(hans, ".keeps td:last-child") == [
        *("365天", "365天", "到答复发出为止，最多90天", "730天", "365天", "30天", "最多一天")
    ]
