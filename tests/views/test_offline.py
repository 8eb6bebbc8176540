"""views/offline.py: the script that keeps pages, and the page about what is kept."""

import json

import pytest
from django.test import Client

from tests.html import links, soup, texts


def test_worker_speaks_both_languages_and_asks_no_database(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=86400"
    most, words_of, *_ = response.content.decode().splitlines()
    assert most == "const MOST = 60;"
    words = json.loads(words_of.removeprefix("const WORDS = ").removesuffix(";"))
    assert {code: (w["locale"], w["none"]) for code, w in words.items()} == {
        "zh-hant": ("zh-Hant-HK", "連不上本指南"),
        "zh-hans": ("zh-Hans-CN", "连不上本指南"),
    }
    assert all("{when}" in w["copy"] for w in words.values())


@pytest.mark.django_db
def test_worker_can_only_be_read(client: Client) -> None:
    assert client.post("/sw.js").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "title", "most"),
    [("zh-hant", "離線頁面", "最多60頁"), ("zh-hans", "离线页面", "最多60页")],
)
def test_page_says_what_is_kept(client: Client, code: str, title: str, most: str) -> None:
    page = soup(client.get(f"/{code}/saved/"))
    assert texts(page, "h1") == [title]
    assert most in page.get_text()
    # Without script nothing is kept, so nothing is listed or to be deleted.
    assert page.select_one("#saved-some").has_attr("hidden")
    assert not page.select_one("#saved-none").has_attr("hidden")
    assert f"/{code}/saved/" in links(page, ".site-footer a")
