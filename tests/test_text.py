"""text.py: Markdown, numbers in one piece, typography."""

import pytest

from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from esimguide.text import (
    Aside,
    gloss,
    markdown,
    search_words,
    typeset,
    typography_problems,
    words_used,
)


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


@pytest.mark.parametrize(
    ("text", "language", "problems"),
    [
        ("致電12580，按「2」。", TRADITIONAL, 0),
        ("拨打12580，按“2”。", SIMPLIFIED, 0),
        ("致電 12580", TRADITIONAL, 1),
        ("eSIM 卡", TRADITIONAL, 1),
        ("先致電,再去", TRADITIONAL, 1),
        ("（見上）(見下)", TRADITIONAL, 1),
        ("快來！", TRADITIONAL, 1),
        ("按“2”", TRADITIONAL, 1),
        ("按「2」", SIMPLIFIED, 1),
        ("打開户口", TRADITIONAL, 1),
        ("等等…", SIMPLIFIED, 1),
        ("等等……", SIMPLIFIED, 0),
        ("１２３", SIMPLIFIED, 1),
        ("[頁](https://a.example/?a=1,2)", TRADITIONAL, 0),
        ("他說'好'", TRADITIONAL, 1),
    ],
)
def test_typography(text: str, language: str, problems: int) -> None:
    assert len(typography_problems(text, language)) == problems


def test_words_used_spares_quotations_and_names() -> None:
    words = ("门市", "电讯")
    assert words_used("到门市去", words) == ["门市"]
    assert words_used("到营业厅（香港叫“门市”）去", words) == []
    assert words_used("和记电讯的营业厅", words, names=("和记电讯",)) == []


TOP_UP = Aside("增值", "即<入錢>。", "/g/#top-up")
SHOWN = (
    '<a class="term" href="/g/#top-up">增值</a><span class="term__gloss">（即&lt;入錢&gt;）</span>'
)


@pytest.mark.parametrize(
    ("html", "glossed"),
    [
        ("<p>要增值。</p><p>再增值。</p>", f"<p>要{SHOWN}。</p><p>再增值。</p>"),
        ("<h2>增值</h2><p>增值</p>", f"<h2>增值</h2><p>{SHOWN}</p>"),
        ('<a href="/x/"><b>增值</b></a>增值', f'<a href="/x/"><b>增值</b></a>{SHOWN}'),
        ("<code>增值</code><br>增值", f"<code>增值</code><br>{SHOWN}"),
        ("<label>增值<input>增值</label>增值", f"<label>增值<input>增值</label>{SHOWN}"),
        (
            '<div lang="en"><div>一</div>增值</div>增值',
            f'<div lang="en"><div>一</div>增值</div>{SHOWN}',
        ),
        ("問：「怎樣增值？」增值", f"問：「怎樣增值？」{SHOWN}"),
        ("问：“怎样增值？”增值", f"问：“怎样增值？”{SHOWN}"),
        ('<p lang="zh-Hans-CN">增值</p>增值', f'<p lang="zh-Hans-CN">增值</p>{SHOWN}'),
        ('<p title="增值">無</p>', '<p title="增值">無</p>'),
        ("<!-- 增值 -->無", "<!-- 增值 -->無"),
        (f"<p>增值</p><div>{SHOWN}</div>", f"<p>增值</p><div>{SHOWN}</div>"),
        ("", ""),
    ],
)
def test_gloss_explains_the_first_use_in_running_text(html: str, glossed: str) -> None:
    assert gloss(html, [TOP_UP]) == glossed


def test_gloss_leaves_all_as_it_is_without_asides() -> None:
    assert gloss("<p>增值&amp;</p>", []) == "<p>增值&amp;</p>"


def test_gloss_takes_the_longer_word_where_two_begin_alike() -> None:
    longer = Aside("增值券", "卡", "/g/#voucher")
    assert gloss("買增值券。", [TOP_UP, longer]).startswith('買<a class="term" href="/g/#voucher"')


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("  iPhone  13 ", ["iphone", "13"]),
        ("iPhone14ProMax", ["iphone", "14", "promax"]),
        ("苹果14", ["苹果", "14"]),
        ("三星手機", ["三星"]),
        ("Galaxy S24Ultra", ["galaxy", "s24", "ultra"]),
        ("iPhone 17e", ["iphone", "17e"]),
        ("A3518", ["a3518"]),
        ("XQ-FS54", ["xq-fs54"]),
        ("12、13", ["12", "13"]),
    ],
)
def test_search_words(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words
