"""Search: what a reader typed, in either script and either side's words, to a list of hits.

A query is cut into known words (carriers, situations, glossary, aliases) and the rest. Known words
match in all their forms. Where nothing holds all of the words, entries with some of them follow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connections, models
from django.db.models import F, Value
from django.db.models.functions import StrIndex

from esimguide.engines import ENGINES, Engine, Sql, Term
from esimguide.folding import is_han, pairs, runs
from esimguide.models import Carrier, Entry, Kind, Situation, Word
from esimguide.models.index import UNCONFIRMED, spaced

SHOWN = 30  # hits on a page
COUNTED = 1000  # more than that is "over 1,000"
RANKED = 300  # of the entries that match, in the order of their kinds, so many are ranked
CONFIRMED_FIRST = f"CASE WHEN e.weight >= {UNCONFIRMED} THEN 1 ELSE 0 END"
GENERAL_FIRST = "CASE WHEN e.carrier_id IS NULL THEN 0 ELSE 1 END"
MOST_TERMS = 8  # that a query is ranked by
SHORTEST_BEGINNING = 2  # letters of a word that is still being typed

# ---- reading the query ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Meaning:
    """A known word that was typed, and what it may stand for."""

    typed: str
    words: tuple[Word, ...]  # the word itself, once for each thing it stands for
    forms: tuple[str, ...]  # every word for the same things, folded and spaced

    @property
    def carriers(self) -> list[Carrier]:
        """The carriers it names."""
        return [w.carrier for w in self.words if w.carrier]

    @property
    def situations(self) -> list[Situation]:
        """The situations it names."""
        return [w.situation for w in self.words if w.situation]

    @property
    def stands_for(self) -> list[str]:
        """What it is called in the reader's language, where that is not what was typed."""
        names = dict.fromkeys(word.name for word in self.words)
        return [name for name in names if spaced(name) != self.typed]

    @property
    def term(self) -> Term:
        """What the database looks for: any of the forms."""
        return tuple(tuple(form.split()) for form in self.forms)


@dataclass(frozen=True)
class Query:
    """A query after reading: known words and the rest, each in the order typed."""

    meanings: tuple[Meaning, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def carriers(self) -> list[Carrier]:
        """The carriers it names."""
        return list(dict.fromkeys(c for m in self.meanings for c in m.carriers))

    @property
    def situations(self) -> list[Situation]:
        """The situations it names."""
        return list(dict.fromkeys(s for m in self.meanings for s in m.situations))

    @property
    def terms(self) -> tuple[Term, ...]:
        """What an entry must hold: the rest and the known words, but for the carriers' names."""
        known = [m.term for m in self.meanings if not m.carriers]
        # A letter left between known words (了, 的) says nothing.
        rest = [r for r in self.rest if not self.meanings or len(r) > 1 or not is_han(r)]
        return (*known, *(((run,),) for run in rest))

    @property
    def loose_terms(self) -> tuple[Term, ...]:
        """What it is good to hold: every known word, and every pair of letters of the rest."""
        pieces = [p for r in self.rest for p in (pairs(r) if is_han(r) else [r])]
        return (*(m.term for m in self.meanings), *(((piece,),) for piece in pieces))

    @property
    def answer(self) -> str:
        """The answer page's query for the first carrier and situation named; empty without any."""
        named = [("carrier", self.carriers), ("situation", self.situations)]
        return urlencode([(name, records[0].slug) for name, records in named if records])

    @property
    def marks(self) -> list[str]:
        """The folded words that are marked in what is shown."""
        forms = [run for m in self.meanings for form in m.forms for run in form.split()]
        return [*(run.rstrip("*") for run in self.rest), *forms]


def plain_query(typed: str) -> Query:
    """Return a query of nothing but the letters themselves, whatever they stand for."""
    found = runs(spaced(typed))
    if found and not is_han(found[-1]) and len(found[-1]) >= SHORTEST_BEGINNING:
        found[-1] += "*"  # perhaps still being typed
    return Query(rest=tuple(found))


def read(typed: str) -> Query:
    """Return the query with its known words; costs one query to the database."""
    text = spaced(typed)
    forms: dict[str, set[str]] = {}
    known: dict[str, list[Word]] = {}
    for word in _known_words(text):
        forms.setdefault(word.concept, set()).add(word.folded)
        known.setdefault(word.folded, []).append(word)
    meanings, rest = [], []
    for piece in _pieces(text, known):
        if words := known.get(piece):
            same = {form for word in words for form in forms[word.concept]}
            meanings.append(Meaning(piece, tuple(words), tuple(sorted(same))))
        else:
            rest.append(piece)
    return Query(tuple(meanings), plain_query(" ".join(rest)).rest)


def _known_words(text: str) -> models.QuerySet[Word]:
    typed = Word.objects.annotate(at=StrIndex(Value(text), F("folded"))).filter(at__gt=0)
    named = Word.objects.filter(concept__in=typed.values("concept"))
    return named.select_related("carrier", "situation", "term", "alias")


def _pieces(text: str, known: dict[str, list[Word]]) -> Iterator[str]:
    """Cut a spaced query into its known words, the longest first at each place, and the rest."""
    start = at = 0
    while at < len(text):
        word = next((w for w in sorted(known, key=len, reverse=True) if _stands(w, text, at)), "")
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


# ---- finding -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """The hits of one query, the best first."""

    query: Query = field(default_factory=Query)
    hits: list[Entry] = field(default_factory=list)
    total: int = 0
    is_loose: bool = False  # no entry holds all of the words

    @property
    def is_over(self) -> bool:
        """Whether there are more than are counted."""
        return self.total > COUNTED


def search(typed: str) -> Found:
    """Return what fits a typed query, in at most three queries to the database."""
    query = read(typed)
    if not query.terms and not query.carriers:
        return Found(query)
    if hits := _best(query, _strict(query, RANKED), _strict(query, COUNTED + 1), query.terms):
        return Found(query, hits, hits[0].total)
    loose = query.loose_terms[:MOST_TERMS]
    hits = _best(query, _loose(loose, RANKED), _loose(loose, COUNTED + 1), loose)
    return Found(query, hits, hits[0].total if hits else 0, is_loose=True)


def keys(query: Query) -> set[int]:
    """Return the keys of all entries that hold every word of ``query``; no limit, no order."""
    sql, params = _engine().matching(query.terms, 2**31 - 1)
    with connections[Entry.objects.db].cursor() as cursor:
        cursor.execute(sql, params)
        return {key for (key,) in cursor.fetchall()}


def _engine() -> Engine:
    return ENGINES[connections[Entry.objects.db].vendor]


# ---- the query to the database -------------------------------------------------------------------

_FIELDS = ", ".join(
    f"e.{f.column}" for f in Entry._meta.concrete_fields if not f.name.endswith("_tokens")
)
_STEP_NUMBER = """(
    SELECT count(*) FROM esimguide_step me JOIN esimguide_step s
    ON s.procedure_id = me.procedure_id AND s.position <= me.position AND NOT s.is_alternative
    WHERE me.id = e.step_id AND e.kind = 7
)"""


def _best(query: Query, found: Sql, counted: Sql, terms: tuple[Term, ...]) -> list[Entry]:
    """Return the best of the found entries, each with ``total`` and a step's ``number``.

    Own carrier's, then what fits the situation, then what is confirmed; then by how many words
    stand anywhere and in the title; titles before steps before facts; the shorter first.
    """
    order, params = _order(query, terms, is_loose=terms != query.terms)
    sql = f"""
        SELECT {_FIELDS}, best.total AS total, {_STEP_NUMBER} AS number FROM (
            SELECT e.id AS id, row_number() OVER (ORDER BY {order}) AS place,
            (SELECT count(*) FROM ({counted[0]}) c) AS total
            FROM ({found[0]}) f JOIN esimguide_entry e ON e.id = f.id
            ORDER BY place LIMIT {SHOWN}
        ) best JOIN esimguide_entry e ON e.id = best.id ORDER BY best.place
    """  # noqa: S608 (only numbers and pieces of our own)
    return list(Entry.objects.raw(sql, [*params, *counted[1], *found[1]]))


def _order(query: Query, terms: tuple[Term, ...], *, is_loose: bool) -> Sql:
    parts, params = [], list[str | int]()
    if carriers := _ids(query.carriers):
        parts.append(
            f"CASE WHEN e.carrier_id IN ({carriers}) THEN 0 WHEN e.carrier_id IS NULL THEN 1"
            " ELSE 2 END"
        )
    if situations := _ids(query.situations):
        parts.append(f"CASE WHEN {_fits(situations)} THEN 0 ELSE 1 END")
        parts.append(CONFIRMED_FIRST)
    for titles in (False, True) if is_loose else (True,):
        pieces = [_engine().matching((t,), RANKED, titles=titles) for t in terms[:MOST_TERMS]]
        cases = [f"CASE WHEN e.id IN ({sql}) THEN 1 ELSE 0 END" for sql, _ in pieces]
        if cases:
            parts.append(f"{' + '.join(cases)} DESC")
            params += [value for _, values in pieces for value in values]
    return ", ".join([*parts, CONFIRMED_FIRST, "e.kind", GENERAL_FIRST, "e.weight", "e.id"]), params


def _strict(query: Query, limit: int) -> Sql:
    """Return the keys of what holds all words; names and situations alone bring what they own."""
    carriers, situations = _ids(query.carriers), _ids(query.situations)
    terms = query.terms[:MOST_TERMS]
    if not terms:
        sql = f"SELECT id FROM esimguide_entry WHERE carrier_id IN ({carriers}) LIMIT %s"
        return sql, [limit]
    pieces = [_engine().matching(terms, limit, titles=True), _engine().matching(terms, limit)]
    if situations and len(terms) == len([m for m in query.meanings if m.situations]):
        fitting = f"SELECT id FROM esimguide_entry e WHERE {_fits(situations)}"
        is_own = f"carrier_id IN ({carriers}) OR" if carriers else ""
        pieces.append((f"{fitting} AND ({is_own} carrier_id IS NULL) LIMIT %s", [limit]))
    return _union(pieces)


def _loose(terms: tuple[Term, ...], limit: int) -> Sql:
    """Return the keys of what holds any of the words."""
    return _union([_engine().matching((t,), limit) for t in terms])


def _union(pieces: list[Sql]) -> Sql:
    sql = " UNION ".join(f"SELECT id FROM ({piece}) p{n}" for n, (piece, _) in enumerate(pieces))
    return sql, [value for _, params in pieces for value in params]


def _ids(records: list[Carrier] | list[Situation]) -> str:
    return ", ".join(str(record.pk) for record in records)


def _fits(situations: str) -> str:
    return (
        f"e.kind = {Kind.PROCEDURE:d} AND e.procedure_id IN (SELECT procedure_id"
        f" FROM esimguide_procedure_situations WHERE situation_id IN ({situations}))"
    )
