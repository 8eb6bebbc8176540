"""Markdown to safe HTML, and lines of text whose numbers do not break."""

import html
import re

import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# ---- Markdown ----------------------------------------------------------------------------------

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    *("p", "ul", "ol", "li", "strong", "em", "a", "br", "h3", "h4", "blockquote", "code"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
# One slash starts a path of ours; two, or a backslash, would name another host.
_SAFE_HREF = re.compile(r"https://[^\s\\]+|mailto:[^\s\\]+|tel:[+\d*#]+|/(?![/\\])[^\s\\]*|#\S*")


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


def markdown_to_text(source: str) -> str:
    """Return an editor's Markdown as plain text: words alone, a space where a block ended."""
    cleaned = nh3.clean(_markdown.render(source), tags=set())
    return " ".join(html.unescape(cleaned).split())


def typeset(text: str) -> SafeString:
    """Return one line of plain text as HTML in which amounts and telephone numbers do not break."""
    return mark_safe(_bind(conditional_escape(text)))  # noqa: S308 (escaped in the same line)


# ---- numbers that stay in one piece --------------------------------------------------------------

_PHONE = r"(?P<phone>(?<![\d+])(?<!\d )(?:\+852 )?\d{4} \d{4}(?!\d| \d))"
_AMOUNT = (
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|HK\$[\d,.]+(?:–[\d,.]+)?"
    r"|(?<![\d/])\d[\d,.]*(?:–\d[\d,.]*)?(?:小時|小时|分鐘|分钟|個月|个月|工作天|工作日|港元|港币|日|天|年)"
)
_BOUND = re.compile(f"{_PHONE}|(?P<amount>{_AMOUNT})")
_LINK_OR_TAG = re.compile(r"(<a\b.*?</a>|<[^>]+>)", re.DOTALL)


def _bind_outside_tags(cleaned: str) -> str:
    parts = _LINK_OR_TAG.split(cleaned)
    return "".join(part if part.startswith("<") else _bind(part) for part in parts)


def _bind(text: str) -> str:
    return _BOUND.sub(_bound, text)


def _bound(match: re.Match[str]) -> str:
    if phone := match["phone"]:
        digits = phone.removeprefix("+852 ").replace(" ", "")
        return f'<a class="nobreak" href="tel:+852{digits}">{phone}</a>'
    return f'<span class="nobreak">{match["amount"]}</span>'
