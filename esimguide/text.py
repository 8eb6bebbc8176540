"""Pure text work: Markdown to safe HTML, numbers that do not break, and the house's typography."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import nh3
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from esimguide.i18n import SIMPLIFIED, TRADITIONAL

# ---- Markdown ----------------------------------------------------------------------------------

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "h3", "h4", "blockquote", "code"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
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


def plain(source: str) -> str:
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


# ---- words that mislead on the other side --------------------------------------------------------


@dataclass(frozen=True)
class Aside:
    """A word, what to say beside its first use, and where it is explained."""

    word: str
    gloss: str
    href: str


_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)(\w+)")
# Headings and labels stay short, links and buttons keep one target, code and quoted words are
# to be typed or said as they stand; an element with a language of its own is not the reader's.
_CLOSED = {"a", "button", "code", "dt", "h1", "h2", "h3", "h4", "label", "legend", "option"} | {
    *("q", "svg", "th", "title"),
}
_VOID = {"br", "hr", "img", "input", "meta", "wbr"}
_QUOTED_OR = r"「[^」]*」|“[^”]*”|"


def gloss(html: str, asides: Iterable[Aside]) -> SafeString:
    """Return ``html`` with each aside beside the first use of its word, at most once.

    A word that already has its aside somewhere in ``html``, in a part glossed before, gets none.
    """
    waiting = {a.word: a for a in asides if f'<a class="term" href="{a.href}"' not in html}
    parts = _TAG.split(html)
    closed: list[str] = []
    for place, part in enumerate(parts):
        if part.startswith("<"):
            _enter_or_leave(closed, part)
        elif waiting and not closed:
            parts[place] = _gloss_words(part, waiting)
    return mark_safe("".join(parts))  # noqa: S308 (the caller's HTML, and asides escaped below)


def _enter_or_leave(closed: list[str], tag: str) -> None:
    """Keep ``closed``, the open elements from the outermost one that takes no asides inwards."""
    if not (match := _NAME.match(tag)):
        return
    ends, name = match.groups()
    if ends and name in closed:
        while closed.pop() != name:
            pass
    elif not ends and (closed or name in _CLOSED or " lang=" in tag) and name not in _VOID:
        closed.append(name)


def _gloss_words(text: str, waiting: dict[str, Aside]) -> str:
    def first_use(match: re.Match[str]) -> str:
        aside = waiting.pop(match[0], None)
        return _with_gloss(aside) if aside else match[0]

    return _any_of(tuple(waiting)).sub(first_use, text)


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(_QUOTED_OR + "|".join(map(re.escape, longest_first)))


def _with_gloss(aside: Aside) -> str:
    return format_html(
        '<a class="term" href="{}">{}</a><span class="term__gloss">（{}）</span>',
        aside.href,
        aside.word,
        aside.gloss.removesuffix("。"),
    )


# ---- typography ----------------------------------------------------------------------------------

_HAN = r"[㐀-鿿豈-﫿]"
_RULES = (
    (
        re.compile(rf"{_HAN} +[A-Za-z0-9+$]|[A-Za-z0-9%] +{_HAN}"),
        _("typed space between Han and Latin"),
    ),
    (
        re.compile(rf"{_HAN}[,;:?!()]|[,;:?!(]{_HAN}|\){_HAN}|{_HAN}\.(?!\w)"),
        _("half-width punctuation"),
    ),
    (re.compile(r"[０-９Ａ-Ｚａ-ｚ]"), _("full-width digit or letter")),
    (re.compile(r"[！!]"), _("exclamation mark")),
    (re.compile(r"(?<!…)…(?!…)|…{3,}"), _("ellipsis is two signs")),
    (re.compile(r"(?<!—)—(?!—)|—{3,}"), _("dash is two signs")),
    (re.compile(r"[，。；：？、]{2,}"), _("doubled punctuation")),
    (re.compile(r"""["']"""), _("straight quotation mark")),
)
_OF_LANGUAGE = {
    TRADITIONAL: (
        (re.compile(r"[“”‘’]"), _("quotation marks are 「」 and 『』")),
        (re.compile(r"[户説啓帳裡]"), _("Hong Kong writes 戶 說 啟 賬 裏")),
    ),
    SIMPLIFIED: ((re.compile(r"[「」『』]"), _("quotation marks are “” and ‘’")),),
}
# Addresses, code and link targets follow their own rules.
_NOT_PROSE = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|\S+@\S+")
_QUOTED = re.compile(r"「[^」]*」|“[^”]*”|《[^》]*》")


def typography_problems(text: str, language: str) -> list[str]:
    """Return what breaks the typographic rules of ``language``, each with its spot."""
    prose = _NOT_PROSE.sub("", text)
    rules = (*_RULES, *_OF_LANGUAGE[language])
    return [f"{problem}: …{m[0]}…" for rule, problem in rules if (m := rule.search(prose))]


# Proper names keep the Hong Kong form on both sides, so words inside them are not judged.
NAMES = (
    *(
        "中國電信",
        "中国电信",
        "和記電訊",
        "和记电讯",
        "和記電話",
        "和记电话",
        "數碼通電訊",
        "数码通电讯",
    ),
    *("環球全域電訊", "环球全域电讯", "香港寬頻", "香港宽频", "香港電訊", "香港电讯", "移動通訊"),
    *(
        "流動電訊網絡",
        "電訊盈科",
        "電子錢包",
        "电讯盈科",
        "电讯（登记用户识别卡）规例",
        "電訊（登記用戶識別卡）規例",
    ),
)


def words_used(text: str, words: Iterable[str], *, names: Iterable[str] = ()) -> list[str]:
    """Return which of ``words`` stand in ``text`` outside quotation marks and outside ``names``."""
    prose = _QUOTED.sub("", _NOT_PROSE.sub("", text))
    for name in names:
        prose = prose.replace(name, "")
    return [word for word in words if word in prose]


# ---- what readers type into a filter -------------------------------------------------------------

# iPhone14ProMax is iPhone, 14, ProMax and 苹果14 is 苹果, 14; but S24, A3518 and 17e stay whole.
_SEAM = re.compile(
    r"(?<=[a-z]{3})(?=\d)|(?<=\d)(?=[a-z]{3})"
    r"|(?<=[^\x00-\x7f])(?=[a-z0-9])|(?<=[a-z0-9])(?=[^\x00-\x7f])"
)
_EMPTY_WORDS = re.compile("手機|手机|[，、,]")  # say nothing in a list of phones


def search_words(typed: str) -> list[str]:
    """Return the words of a filter box in lower case, without those that narrow nothing."""
    return _SEAM.sub(" ", _EMPTY_WORDS.sub(" ", typed.lower())).split()
