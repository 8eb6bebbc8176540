"""inline_assets.py: what stands inside every page, and the policy that allows just that."""

import runpy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.test import Client

from esimguide import inline_assets as inline
from esimguide.inline_assets import PARTS, SHEETS, STATIC, icon, script, source, static_text


def test_settings_read_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError

    monkeypatch.setattr(inline, "sources", fail)
    runpy.run_path(str(STATIC.parent / "esimguide" / "settings.py"))


def test_an_edit_shows_at_once_while_developing(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "STATIC", tmp_path)
    sheet = tmp_path / "a.css"
    sheet.write_text("a")
    before = static_text("a.css")
    sheet.write_text("b")
    assert (before, static_text("a.css")) == ("a", "a")
    settings.DEBUG = True
    assert static_text("a.css") == "b"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "scripts"),
    [("zh-hant/", 1), ("zh-hans/first-ten-minutes/", 0), ("zh-hant/none/", 1), ("admin/login/", 0)],
)
def test_policy_allows_a_page_its_script_and_no_other(
    client: Client, path: str, scripts: int
) -> None:
    response = client.get(f"/{path}")
    page = BeautifulSoup(response.content, "html.parser")
    directives = response["Content-Security-Policy"].split("; ")
    [allowed] = [d.split()[1:] for d in directives if d.startswith("script-src ")]
    assert allowed == ["'self'", source(script())]
    inside = [script.get_text() for script in page.select("script:not([src])")]
    assert inside == [script()] * scripts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "count"), [("about/", 2), ("", 2), ("compare/", 3), ("carriers/", 1)]
)
def test_policy_allows_a_page_its_own_styles(client: Client, path: str, count: int) -> None:
    response = client.get(f"/zh-hant/{path}")
    page = BeautifulSoup(response.content, "html.parser")
    directives = response["Content-Security-Policy"].split("; ")
    [allowed] = [d.split()[2:] for d in directives if d.startswith("style-src ")]
    sources = [source(style.get_text()) for style in page.select("style")]
    assert (len(sources), set(sources) - set(allowed)) == (count, set())
    assert len(allowed) == 1 + len(PARTS)
    assert [link["media"] for link in page.select("noscript link[rel=stylesheet]")] == ["print"]
    assert len(page.select("link[rel=stylesheet]")) == 1
    assert page.select_one("link[rel=icon]")["href"] == icon()


def test_every_public_sheet_is_in_it() -> None:
    sheets = {path.stem for path in (STATIC / "css").glob("*.css")}
    assert sheets == {*SHEETS, *PARTS, "admin"}
