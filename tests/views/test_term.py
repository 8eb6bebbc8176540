"""views/term.py."""

import pytest
from django.test import Client

from esimguide.models import Term
from tests.factories import make_term, pair
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db


def test_list_shows_both_sides_words_whatever_the_readers_language(client: Client) -> None:
    make_term(**pair("word", "補領", "补办"), english="replace", grade=Term.Grade.FOREIGN)
    make_term(**pair("word", "增值", "充值"), english="top up")
    page = soup(client.get("/zh-hans/glossary/"))
    assert texts(page, "tr[id] td") == ["增值", "充值", "top up", "補領", "补办", "replace"]
    assert [td["lang"] for td in page.select("tr[id] td")[:3]] == ["zh-Hant-HK", "zh-Hans-CN", "en"]
