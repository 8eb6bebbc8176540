"""markdown.py: Markdown, numbers in one piece, typography."""

import pytest

from esimguide.text.markdown import lost_links, markdown, typeset


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
        ("[x](HTTPS://a.example/)", '<p><a href="HTTPS://a.example/">x</a></p>\n'),
        ("[x](tel:*%2306%23)", '<p><a href="tel:*%2306%23">x</a></p>\n'),
    ],
)
def test_markdown_keeps_only_what_is_safe(source: str, html: str) -> None:
    assert markdown(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**注意：**請先報失", "<strong>注意：</strong>請先報失"),
        ("請**「注意」**，先報失", "請<strong>「注意」</strong>，先報失"),
        ("請**「注意」**先報失", "請<strong>「注意」</strong>先報失"),
        ("**“注意”**请先挂失", "<strong>“注意”</strong>请先挂失"),
        ("用**eSIM(QR)**吧", "用<strong>eSIM(QR)</strong>吧"),
        ("的**(QR)**的", "的<strong>(QR)</strong>的"),
        ("*要緊！*請", "<em>要緊！</em>請"),
        ("eSIM**補領**QR", "eSIM<strong>補領</strong>QR"),
        ("**一**，**二**。**三**", "<strong>一</strong>，<strong>二</strong>。<strong>三</strong>"),
        ("「_a_」", "「<em>a</em>」"),
        ("2 * 3 ** 4", "2 * 3 ** 4"),
        (r"\*\*注意：\*\*請", "**注意：**請"),
    ],
)
def test_emphasis_stands_beside_full_width_signs(source: str, html: str) -> None:
    assert markdown(source) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("[a](https://a.example/) <https://a.example/> [b](/zh-hant/) [c](#c)", []),
        ("[a](mailto:a@b.example) [b](tel:+85229458888) [c](HTTPS://a.example/)", []),
        ("www.a.example `[a](http://b.example)`", []),
        ("[a](http://a.example/)", ["http://a.example/"]),
        ("<http://a.example/>", ["http://a.example/"]),
        ("[a](//a.example)", ["//a.example"]),
        ("[a](www.a.example)", ["www.a.example"]),
        ("[a](about/)", ["about/"]),
        ("- [a](javascript:alert(1))", ["javascript:alert(1)"]),
        ("[a](data:text/html,x)", ["data:text/html,x"]),
        ("[a]()", [""]),
        ("[a][1]\n\n[1]: http://a.example/", ["http://a.example/"]),
        ("![a](https://a.example/a.png)", ["https://a.example/a.png"]),
    ],
)
def test_lost_links_are_those_that_markdown_drops(source: str, lost: list[str]) -> None:
    assert list(lost_links(source)) == lost


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
        ("2025 2026年度", '2025 <span class="nobreak">2026年</span>度'),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("2026年11月23日起", '<span class="nobreak">2026年11月23日</span>起'),
    ],
)
def test_typeset_escapes_and_binds(text: str, html: str) -> None:
    assert typeset(text) == html


@pytest.mark.parametrize(
    ("text", "linked", "href"),
    [
        ("電話（853）8891 1000", "（853）8891 1000", "tel:+85388911000"),
        ("電話853-8891 1000", "853-8891 1000", "tel:+85388911000"),
        ("或+853 8891 1000", "+853 8891 1000", "tel:+85388911000"),
        ("或00853 8891 1000", "00853 8891 1000", "tel:+85388911000"),
        ("(852) 2945 8888", "(852) 2945 8888", "tel:+85229458888"),
        ("+852-2945-8888", "+852-2945-8888", "tel:+85229458888"),
        ("+85229458888", "+85229458888", "tel:+85229458888"),
        ("+852 1833 123", "+852 1833 123", "tel:+8521833123"),
        ("內地400 120 4000", "400 120 4000", "tel:4001204000"),
        ("內地400-120-4000", "400-120-4000", "tel:4001204000"),
        ("或+86 130 6840 0177", "+86 130 6840 0177", "tel:+8613068400177"),
        ("致電29458888。", "29458888", "tel:+85229458888"),
        ("熱線：2945-8888", "2945-8888", "tel:+85229458888"),
        ("拨打130 6840 0177", "130 6840 0177", "tel:+8613068400177"),
        ("熱線：223 95559", "223 95559", "tel:+85222395559"),
        ("或223 95559", "223 95559", "tel:+85222395559"),
        ("（1）2945 8888", "2945 8888", "tel:+85229458888"),
        ("人在澳門致電2945 8888", "2945 8888", "tel:+85229458888"),
    ],
)
def test_a_number_in_a_text_leads_where_it_says(text: str, linked: str, href: str) -> None:
    link = f'<a class="nobreak" href="{href}">{linked}</a>'
    assert typeset(text) == text.replace(linked, link)


@pytest.mark.parametrize(
    "text",
    [
        "電話8891 1000",  # no number of Hong Kong's
        "澳門熱線2888 1234",  # Macau's, but nothing says so for sure
        "24 2945 8888",
        "2130-2230",
        "2026-11-23",
        "20260105",
        "訂單編號29458888",
        "1" * 5000,
    ],
)
def test_what_is_not_surely_a_number_is_no_link(text: str) -> None:
    assert typeset(text) == text
