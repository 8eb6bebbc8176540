"""views/about.py."""

import pytest
from django.test import Client

from tests.factories import make_fact, make_unknown_fact
from tests.html import soup, texts

pytestmark = pytest.mark.django_db


def test_about_shows_how_many_facts_are_confirmed(client: Client) -> None:
    make_fact()
    make_unknown_fact()
    make_unknown_fact()
    page = soup(client.get("/zh-hant/about/"))
    assert texts(page, ".shares td") == ["1", "33%", "0", "0%", "0", "0%", "2", "67%", "3", ""]
