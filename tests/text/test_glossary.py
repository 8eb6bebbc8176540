"""glossary.py: words of the other side are explained at their first use."""

import pytest

from esimguide.text.glossary import Aside, gloss

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
