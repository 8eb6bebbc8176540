"""views/offline.py: the script that keeps pages, and the page about what is kept."""

import json
import re

import pytest
from django.test import Client

from esimguide.inline import STATIC
from tests.reading import links, soup, texts


def test_worker_speaks_both_languages_and_asks_no_database(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    found = re.match(r"const MOST=60;const WORDS=(.*?});", response.content.decode())
    words = json.loads(found[1]) if found else {}
    assert {code: (w["locale"], w["none"]) for code, w in words.items()} == {
        "zh-hant": ("zh-Hant-HK", "沒有網絡"),
        "zh-hans": ("zh-Hans-CN", "没有网络"),
    }
    assert all("{when}" in w["copy"] for w in words.values())


@pytest.mark.django_db
def test_worker_can_only_be_read(client: Client) -> None:
    assert client.post("/sw.js").status_code == 405


def test_comments_of_the_worker_stand_on_lines_of_their_own(client: Client) -> None:
    source = (STATIC / "js/offline.js").read_text("utf-8")
    assert [line for line in source.splitlines() if "//" in line.lstrip()[2:]] == []
    assert "//" not in client.get("/sw.js").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "title", "most"),
    [("zh-hant", "手機裏的頁面", "最多60頁"), ("zh-hans", "手机里的页面", "最多60页")],
)
def test_page_says_what_is_kept(client: Client, code: str, title: str, most: str) -> None:
    page = soup(client.get(f"/{code}/saved/"))
    assert texts(page, "h1") == [title]
    assert most in page.get_text()
    # Without script nothing is kept, so nothing is listed or to be deleted.
    assert page.select_one("#saved-some").has_attr("hidden")
    assert not page.select_one("#saved-none").has_attr("hidden")
    assert f"/{code}/saved/" in links(page, ".site-footer a")
