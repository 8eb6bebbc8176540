"""markdown.py: Markdown, numbers in one piece, typography."""

import pytest

from esimguide.text.markdown import markdown, typeset


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**先**致電", "<p><strong>先</strong>致電</p>\n"),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"),
        ("[站](https://a.example/)", '<p><a href="https://a.example/">站</a></p>\n'),
        ("[頁](/zh-hant/about/)", '<p><a href="/zh-hant/about/">頁</a></p>\n'),
        ("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>\n"),
        ("[x](//evil.example)", "<p><a>x</a></p>\n"),
        ("[x](/\\evil.example)", '<p><a href="/%5Cevil.example">x</a></p>\n'),
        ("[x](http://plain.example)", "<p><a>x</a></p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://a.example/x.png)", "<p></p>\n"),
    ],
)
def test_markdown_keeps_only_what_is_safe(source: str, html: str) -> None:
    assert markdown(source) == html


def test_markdown_headings_take_the_level_of_their_page() -> None:
    assert markdown("### 題") == "<h3>題</h3>\n"
    assert markdown("### 題", 2) == "<h2>題</h2>\n"


def test_markdown_links_a_telephone_number_but_not_inside_a_link() -> None:
    assert markdown("致電2945 8888。") == (
        '<p>致電<a class="nobreak" href="tel:+85229458888">2945 8888</a>。</p>\n'
    )
    assert markdown("[2945 8888](/x/)") == '<p><a href="/x/">2945 8888</a></p>\n'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("收費HK$100。", '收費<span class="nobreak">HK$100</span>。'),
        ("HK$100–199.9", '<span class="nobreak">HK$100–199.9</span>'),
        ("約2小時", '約<span class="nobreak">2小時</span>'),
        ("3个月内", '<span class="nobreak">3个月</span>内'),
        (
            "+852 2945 8888",
            '<a class="nobreak" href="tel:+85229458888">+852 2945 8888</a>',
        ),
        ("2945 8888 1234", "2945 8888 1234"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("2026年11月23日起", '<span class="nobreak">2026年11月23日</span>起'),
    ],
)
def test_typeset_escapes_and_binds(text: str, html: str) -> None:
    assert typeset(text) == html
