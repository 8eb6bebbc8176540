"""Markdown to safe HTML, and lines of text whose numbers do not break."""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

from esimguide.text.contact import Contact, ContactKind, read_number

# ---- Markdown ----------------------------------------------------------------------------------


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's call)
    """Read ``*`` beside full-width signs, too.

    CommonMark closes emphasis after a sign only before a space or another sign, which suits
    languages with spaces. In Chinese the next word follows at once: 「**注意：**請…」.
    """
    if state.src[state.pos] != "*":
        return emphasis.tokenize(state, silent)
    typed = state.src
    state.src = _as_in_words(typed)
    try:
        return emphasis.tokenize(state, silent)
    finally:
        state.src = typed


_SIGN = re.compile(r"[^\w\s\x00-\x7f]")
_SIGN_BEFORE_HAN = re.compile(r"[!-)+-/:-@\[\]-`{-~](?=\*+[^\x00-\x7f])")
_SIGN_AFTER_HAN = re.compile(r"([^\x00-\x7f]\*+)[!-)+-/:-@\[\]-`{-~]")


@lru_cache(maxsize=1)  # asked for each asterisk of one text
def _as_in_words(source: str) -> str:
    """Return ``source`` with letters for its full-width signs, and for others between Han."""
    lettered = _SIGN.sub(_as_letter, source)
    return _SIGN_AFTER_HAN.sub(r"\1x", _SIGN_BEFORE_HAN.sub("x", lettered))


def _as_letter(match: re.Match[str]) -> str:
    return "字" if unicodedata.category(match[0])[0] in "PS" else match[0]


_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_markdown.inline.ruler.at("emphasis", _emphasis)
_TAGS = {
    *("p", "ul", "ol", "li", "strong", "em", "a", "br", "h3", "h4", "blockquote", "code"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
# One slash starts a path of ours; two, or a backslash, would name another host.
_SAFE_HREF = re.compile(
    r"(?:https://|mailto:)[^\s\\]+|tel:(?:[+\d*#]|%23)+|/(?![/\\])[^\s\\]*|#\S*",
    re.IGNORECASE,
)


def markdown(source: str, heading: int = 3) -> SafeString:
    """Return an editor's Markdown as HTML: no raw HTML, only https, mailto, tel and own links.

    Editors write headings as ``###``; ``heading`` is the level they get, to fit the page's order.
    """
    cleaned = nh3.clean(
        _markdown.render(source),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto", "tel"},
        attribute_filter=_keep_safe_href,
        link_rel=None,
    )
    cleaned = re.sub(r"(</?h)3>", rf"\g<1>{heading}>", cleaned)
    return mark_safe(_bind_outside_tags(cleaned))  # noqa: S308 (cleaned by nh3 just above)


def _keep_safe_href(_tag: str, _attribute: str, value: str) -> str | None:
    return value if _SAFE_HREF.fullmatch(value) else None


class _AnyLinks(MarkdownIt):
    """The parser, but with the links that it would leave as text, such as javascript:."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        return bool(url)


_any_links = _AnyLinks("commonmark", {"html": False}).enable("table")


def lost_links(source: str) -> Iterator[str]:
    """Return where the links and pictures in ``source`` lead that ``markdown`` does not keep."""
    for token in _any_links.parse(source):
        for part in token.children or ():
            if part.type == "image":
                yield str(part.attrGet("src"))
            elif part.type == "link_open" and not _SAFE_HREF.fullmatch(href := _href(part)):
                yield href


def _href(link: Token) -> str:
    return str(link.attrGet("href") or "")


def markdown_to_text(source: str) -> str:
    """Return an editor's Markdown as plain text: words alone, a space where a block ended."""
    cleaned = nh3.clean(_markdown.render(source), tags=set())
    return " ".join(html.unescape(cleaned).split())


def typeset(text: str) -> SafeString:
    """Return one line of plain text as HTML in which amounts and telephone numbers do not break."""
    return mark_safe(_bind(conditional_escape(text)))  # noqa: S308 (escaped in the same line)


# ---- numbers that stay in one piece --------------------------------------------------------------

# A run of digits in groups, perhaps with a country code in front.
_DIGITS = re.compile(
    r"(?<![\d+＋])(?<!\d[ \-–—.])(?<!\d\d[)）])"
    r"(?:[(（](?:[+＋]\d{1,4}|85[23]|886|86)[)）][ \-]?|[+＋])?\d+(?:[ \u00a0\-\u2011－]\d+)*",
    re.ASCII,
)
_LENGTHS = range(7, 19)  # digits of a number, with all that is dialled before it
# What is surely a telephone number in running text: a country code is written out,
_WITH_CODE = re.compile(r"[+＋(（]|00|(?:85[23]|86)[ \-－]")
# it is grouped as Hong Kong's and the mainland's numbers are,
_GROUPED = re.compile(r"\d{4}[ \u00a0]\d{4}|\d{3} \d{5}|[48]00[ \-]\d{3}[ \-]\d{4}")
# or the words before it say so. After Macau's name, eight digits are not Hong Kong's.
_RING = re.compile(r"(?:電話|电话|熱線|热线|致電|致电|[撥拨]打?|Tel)[：:是為为. ]*$", re.IGNORECASE)
_MACAU = re.compile(r"澳[門门][^\d。，；、致撥拨打]{0,8}$")
_WORDS_BEFORE = 12  # signs of the text that are looked at

_AMOUNT = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|HK\$[\d,.]+(?:–[\d,.]+)?"
    r"|(?<![\d/])\d[\d,.]*(?:–\d[\d,.]*)?(?:小時|小时|分鐘|分钟|個月|个月|工作天|工作日|港元|港币|日|天|年)"
)
_LINK_OR_TAG = re.compile(r"(<a\b.*?</a>|<[^>]+>)", re.DOTALL)


def _bind_outside_tags(cleaned: str) -> str:
    parts = _LINK_OR_TAG.split(cleaned)
    return "".join(part if part.startswith("<") else _bind(part) for part in parts)


def _bind(text: str) -> str:
    bound, end = "", 0
    for match in _DIGITS.finditer(text):
        before = text[max(0, match.start() - _WORDS_BEFORE) : match.start()]
        if number := _sure_number(match[0], before):
            link = f'<a class="nobreak" href="{number.href}">{match[0]}</a>'
            bound += _bind_amounts(text[end : match.start()]) + link
            end = match.end()
    return bound + _bind_amounts(text[end:])


def _bind_amounts(text: str) -> str:
    return _AMOUNT.sub(r'<span class="nobreak">\g<0></span>', text)


def _sure_number(digits: str, before: str) -> Contact | None:
    """Return the telephone number that ``digits`` surely are; a date or an amount is none."""
    if sum(map(str.isdigit, digits)) not in _LENGTHS:
        return None
    has_code = _WITH_CODE.match(digits)
    if not (has_code or _GROUPED.fullmatch(digits) or _RING.search(before)):
        return None
    if not has_code and _MACAU.search(before):
        return None
    number = read_number(digits)
    return number if number and number.kind is ContactKind.PHONE else None
