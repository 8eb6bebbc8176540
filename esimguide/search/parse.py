"""Reading a query: its known words (carriers, situations, glossary, synonyms), and the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db import connections

from esimguide.models import SearchTerm
from esimguide.search.backends import BACKENDS, AnyPhrase
from esimguide.search.index import spaced
from esimguide.search.normalize import fold, is_han, pairs, runs

_PARTS = re.compile(r"\d+\*?|[^\W\d]+\*?")  # iphone15: a name and a number
SHORTEST_BEGINNING = 2  # letters of a word that is still being typed


@dataclass(frozen=True)
class Meaning:
    """A known word that was typed, and what it may stand for."""

    typed: str
    words: tuple[SearchTerm, ...]  # the word itself, once for each thing it stands for
    forms: tuple[str, ...]  # every word for the same things, folded and spaced

    @property
    def carriers(self) -> list[SearchTerm]:
        return [word for word in self.words if word.carrier_id]

    @property
    def situations(self) -> list[SearchTerm]:
        return [word for word in self.words if word.situation_id]

    @property
    def stands_for(self) -> list[str]:
        """What it is called in the reader's language, where that is not what was typed."""
        names = dict.fromkeys(word.name for word in self.words)
        return [name for name in names if spaced(name) != self.typed]

    @property
    def term(self) -> AnyPhrase:
        return tuple(tuple(form.split()) for form in self.forms)


@dataclass(frozen=True)
class Query:
    """A query after reading: known words and the rest, each in the order typed."""

    meanings: tuple[Meaning, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def carriers(self) -> list[SearchTerm]:
        """One word for each carrier it names."""
        return list({w.carrier_id: w for m in self.meanings for w in m.carriers}.values())

    @property
    def situations(self) -> list[SearchTerm]:
        """One word for each situation it names."""
        return list({w.situation_id: w for m in self.meanings for w in m.situations}.values())

    @property
    def terms(self) -> tuple[AnyPhrase, ...]:
        """What an entry must hold: the rest and the known words, but for the carriers' names."""
        known = [m.term for m in self.meanings if not m.carriers]
        # A letter left between known words (了, 的) says nothing.
        rest = [r for r in self.rest if not self.meanings or len(r) > 1 or not is_han(r)]
        return (*known, *(((run,),) for run in rest))

    @property
    def loose_terms(self) -> tuple[AnyPhrase, ...]:
        """What it is good to hold: every known word, and every pair of letters of the rest."""
        pieces = [
            p for r in self.rest for p in (pairs(r) if is_han(r) else _PARTS.findall(r)) or [r]
        ]
        return (*(m.term for m in self.meanings), *(((piece,),) for piece in pieces))

    @property
    def answer(self) -> str:
        """The answer page's query for the first carrier and situation named; empty without any."""
        named = (("carrier", self.carriers), ("situation", self.situations))
        return urlencode({name: records[0].slug for name, records in named if records})

    @property
    def marks(self) -> list[str]:
        forms = [form for meaning in self.meanings for form in meaning.forms]
        return [*(run.rstrip("*") for run in self.rest), *forms]


def literal_query(typed: str) -> Query:
    """Return a query of nothing but the letters themselves, whatever they stand for."""
    found = runs(spaced(typed))
    if found and not is_han(found[-1]) and len(found[-1]) >= SHORTEST_BEGINNING:
        found[-1] += "*"  # perhaps still being typed
    return Query(rest=tuple(found))


def parse(typed: str) -> Query:
    """Return the query with its known words; costs one query to the database."""
    text = _together(typed)
    forms: dict[str, set[str]] = {}
    known: dict[str, list[SearchTerm]] = {}
    for word in _known_words(text):
        forms.setdefault(word["concept"], set()).add(word["folded"])
        if word["folded"] in text:
            known.setdefault(word["folded"], []).append(SearchTerm(**word))
    meanings, rest = [], []
    for piece in _pieces(text, known):
        if words := known.get(piece):
            same = {form for word in words for form in forms[word.concept]}
            meanings.append(Meaning(piece, tuple(words), tuple(sorted(same))))
        else:
            rest.append(piece)
    return Query(tuple(meanings), literal_query(" ".join(rest)).rest)


def _together(typed: str) -> str:
    """Return a query folded and spaced, letters that were typed one by one (補 領) as one word."""
    found = groupby(runs(fold(typed)), lambda run: len(run) == 1 and is_han(run))
    return " ".join(("" if is_lone else " ").join(pieces) for is_lone, pieces in found)


# Written out, since putting it together anew costs more than running it.
_KNOWN = """
    SELECT {columns} FROM esimguide_word WHERE concept IN
    (SELECT concept FROM esimguide_word WHERE {contains} > 0) ORDER BY id
"""
_COLUMNS = (
    *("id", "folded", "concept", "carrier_id", "situation_id"),
    *("slug", "name_zh_hant", "name_zh_hans"),
)


def _known_words(text: str) -> Iterator[dict[str, Any]]:
    """Return every word for what is named in ``text``; few of them stand there themselves."""
    found = connections[SearchTerm.objects.db]
    sql = _KNOWN.format(columns=", ".join(_COLUMNS), contains=BACKENDS[found.vendor].contains)
    with found.cursor() as cursor:
        cursor.execute(sql, [text])
        return (dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall())


def _pieces(text: str, known: dict[str, list[SearchTerm]]) -> Iterator[str]:
    """Cut a spaced query into its known words, the longest first at each place, and the rest."""
    longest_first = sorted(known, key=len, reverse=True)
    start = at = 0
    while at < len(text):
        word = next((w for w in longest_first if _stands(w, text, at)), "")
        if word:
            yield from runs(text[start:at])
            yield word
            start = at = at + len(word)
        else:
            at += 1
    yield from runs(text[start:])


def _stands(word: str, text: str, at: int) -> bool:
    """Tell whether a known word stands at ``at``, not inside another word."""
    end = at + len(word)
    cuts_left = at and not is_han(word[0]) and text[at - 1] != " "
    cuts_right = end < len(text) and not is_han(word[-1]) and text[end] != " "
    return text.startswith(word, at) and not cuts_left and not cuts_right
