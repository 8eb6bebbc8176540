"""inline.py: what stands inside every page, and the policy that allows just that."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from esimguide.inline import (
    ICON,
    PART_STYLES,
    PARTS,
    SCRIPT,
    SHEETS,
    STATIC,
    joined,
    minify,
    source,
)


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("a {\n  color: red;\n  margin: 0 1px;\n}\n", "a{color:red;margin:0 1px}"),
        ("/* why */ a , b > c { d: e }", "a,b>c{d:e }"),
        (".a :hover{b:c}", ".a :hover{b:c}"),
        ("a{width:calc(1px + 2px)}", "a{width:calc(1px + 2px)}"),
        ('a::before{content: "x ;  { y"}', 'a::before{content:"x ;  { y"}'),
        ("@media (width > 30rem) { a { b: c } }", "@media (width>30rem){a{b:c}}"),
    ],
)
def test_minify(css: str, small: str) -> None:
    assert minify(css) == small.replace(" }", "}")


def test_joined() -> None:
    assert joined('// why\n{\n  // how\n  const a = f("a // b , c");\n  if (!a) return;\n}\n') == (
        '{const a=f("a // b , c");if(!a)return;}'
    )


def test_script_has_nothing_that_joining_would_break() -> None:
    assert [sign for sign in ("//", "`", "/\\") if sign in SCRIPT] == []


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
    assert allowed == ["'self'", source(SCRIPT)]
    inside = [script.get_text() for script in page.select("script:not([src])")]
    assert inside == [SCRIPT] * scripts


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
    assert len(allowed) == 1 + len(PART_STYLES)
    assert [link["media"] for link in page.select("noscript link[rel=stylesheet]")] == ["print"]
    assert len(page.select("link[rel=stylesheet]")) == 1
    assert page.select_one("link[rel=icon]")["href"] == ICON


def test_every_public_sheet_is_in_it() -> None:
    sheets = {path.stem for path in (STATIC / "css").glob("*.css")}
    assert sheets == {*SHEETS, *PARTS, "print", "admin"}
