"""styles.py: the style sheets inside every page, and the policy that allows just them."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from esimguide.styles import ICON, SHEETS, SPECIAL, STATIC, minify, source


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


@pytest.mark.django_db
def test_policy_allows_the_page_just_its_own_style(client: Client) -> None:
    response = client.get("/zh-hant/")
    page = BeautifulSoup(response.content, "html.parser")
    [style] = page.select("style")
    policy = response["Content-Security-Policy"]
    assert f"; style-src 'self' {source(style.get_text())} " in policy
    assert [link["media"] for link in page.select("noscript link[rel=stylesheet]")] == ["print"]
    assert len(page.select("link[rel=stylesheet]")) == 1
    assert page.select_one("link[rel=icon]")["href"] == ICON


def test_every_public_sheet_is_in_it() -> None:
    sheets = {path.stem for path in (STATIC / "css").glob("*.css")}
    assert sheets == {*SHEETS, SPECIAL, "print", "admin"}


@pytest.mark.django_db
def test_some_pages_carry_styles_of_their_own_besides(client: Client) -> None:
    response = client.get("/zh-hant/devices/")
    styles = BeautifulSoup(response.content, "html.parser").select("style")
    sources = " ".join(source(style.get_text()) for style in styles)
    assert len(styles) == 2
    assert f"; style-src 'self' {sources};" in response["Content-Security-Policy"]
