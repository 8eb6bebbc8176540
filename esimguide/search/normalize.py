"""Pure: one form for all ways to write a word, and the pieces by which it is found.

``fold`` works letter by letter, so a query that is a piece of a text stays a piece of it after
both were folded: Simplified and Traditional, Hong Kong's and Taiwan's letters, full width and
capitals all meet. Words of either region meet in the glossary, not here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from opencc import OpenCC

# What OpenCC keeps apart although readers do not.
_ALIKE = str.maketrans("帐枱咭甚衞戸妳", "账台卡什卫户你")
_HAN = "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")


@cache
def _simplified() -> OpenCC:
    # Loading it takes some 25 ms, so only a process that folds pays for it, once.
    return OpenCC("t2s")


class _Letters(dict[int, str]):
    """A table for str.translate that asks OpenCC about each letter once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if _IS_HAN.match(letter):
            letter = _simplified().convert(letter).translate(_ALIKE)
        self[code] = letter
        return letter


_letters = _Letters()


def fold(text: str) -> str:
    """Return ``text`` in its one form: NFKC, lower case, Simplified letters, no lone surrogates."""
    sound = text.encode(errors="ignore").decode()
    return unicodedata.normalize("NFKC", sound).casefold().translate(_letters)


def runs(text: str) -> list[str]:
    """Return the words of a folded text: each unbroken line of Han letters, each other word."""
    return _RUN.findall(text)


def is_han(run: str) -> bool:
    return _IS_HAN.match(run) is not None


def pairs(run: str) -> list[str]:
    """Return a Han run's overlapping pairs of letters; none for a single letter."""
    return [run[i : i + 2] for i in range(len(run) - 1)]


def tokens(*texts: str) -> str:
    """Return what the index keeps of some texts, separated by spaces.

    A Han run becomes its pairs and its last letter, so that any piece of it is found: two or more
    letters as neighbouring pairs, one letter as a pair's beginning. Other words stay whole.
    """
    found = (piece for text in texts for run in runs(fold(text)) for piece in _pieces(run))
    return " ".join(found)


def _pieces(run: str) -> list[str]:
    return [*pairs(run), run[-1]] if is_han(run) else [run]


# ---- showing what was found ----------------------------------------------------------------------


def highlight(text: str, words: Iterable[str], length: int = 0) -> SafeString:
    """Return ``text`` as HTML with every folded word of ``words`` marked, however it is written.

    With a ``length``, only that many letters around the first mark are shown.
    """
    spans = _spans(text, words)
    start, end = _window(text, spans, length)
    parts, at = [], start
    for left, right in ((a, min(b, end)) for a, b in spans if start <= a < end):
        parts += [escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>"]
        at = right
    before, after = "…" * 2 * (start > 0), "…" * 2 * (end < len(text))
    return mark_safe("".join([before, *parts, escape(text[at:end]), after]))  # noqa: S308 (escaped)


def written(text: str, word: str) -> str:
    """Return the folded ``word`` as ``text`` writes it; the word itself where it does not."""
    first = next(iter(_spans(text, [word])), None)
    return text[slice(*first)] if first else word


def _spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the words stand in ``text``, in order and without overlaps."""
    folded, origin = "", []
    for place, letter in enumerate(text):
        form = fold(letter)
        folded += form
        origin += [place] * len(form)
    found = sorted({span for word in words if word for span in _places(folded, word)})
    merged: list[tuple[int, int]] = []
    for start, end in ((origin[a], origin[b - 1] + 1) for a, b in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _places(folded: str, word: str) -> Iterator[tuple[int, int]]:
    # A word of letters is found as a whole or by its beginning, never inside another.
    pattern = r"\W*".join(map(re.escape, word.split()))
    if not is_han(word):
        pattern = rf"(?<![^\W{_HAN}]){pattern}"
    return (match.span() for match in re.finditer(pattern, folded))


def _window(text: str, spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    if not length or len(text) <= length:
        return 0, len(text)
    start = max(0, (spans[0][0] if spans else 0) - length // 4)
    return start, min(len(text), start + length)
