"""Words that mislead on the other side: a gloss beside their first use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


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
    """Update ``closed``: the open elements, from the outermost one that takes no asides."""
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
