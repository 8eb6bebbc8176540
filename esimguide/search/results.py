"""Search: what a reader typed, in either script and either side's words, to a list of hits.

Known words match in all their forms. Where nothing holds all of the words, entries with some of
them follow. There is no score: the same order comes from both databases, and can be explained.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connections

from esimguide.i18n import COLUMNS, active_language
from esimguide.models import Kind, SearchEntry
from esimguide.models.search_entry import entry_key
from esimguide.search.backends import BACKENDS, AnyPhrase, Sql
from esimguide.search.index import UNCONFIRMED
from esimguide.search.parse import Query, parse

SHOWN = 20  # hits on a page
COUNTED = 1000  # more than that is "over 1,000"
RANKED = 60  # of the entries that match, in the order of their kinds, so many are ranked
CONFIRMED_FIRST = f"CASE WHEN e.weight >= {UNCONFIRMED} THEN 1 ELSE 0 END"
PAGES_FIRST = f"CASE WHEN e.kind <= {Kind.PROCEDURE:d} THEN 0 ELSE 1 END"
GENERAL_FIRST = "CASE WHEN e.carrier_id IS NULL THEN 0 ELSE 1 END"
MANY_OF_SOME = 300  # entries are looked at for each word, where none holds all
MOST_TERMS = 8  # that a query is ranked by

# ---- finding -------------------------------------------------------------------------------------


class Hit(NamedTuple):
    """One line of the answer, in the reader's language; ``number`` is a step's, else 0."""

    kind: Kind
    path: str  # under a language's home page
    title: str
    about: str
    text: str
    number: int
    total: int  # how many there are, up to one more than are counted

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Found:
    """The hits of one query, the best first."""

    query: Query = field(default_factory=Query)
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_loose: bool = False  # no entry holds all of the words

    @property
    def is_over(self) -> bool:
        return self.total > COUNTED


def find(typed: str) -> Found:
    """Return what fits a typed query, in at most three queries to the database."""
    query = parse(typed)
    if not query.terms and not query.carriers:
        return Found(query)
    terms = query.terms[:MOST_TERMS]
    if hits := _best(query, terms, _strict(query, terms)):
        return Found(query, hits, hits[0].total)
    terms = query.loose_terms[:MOST_TERMS]
    hits = _best(query, terms) if terms else []
    return Found(query, hits, hits[0].total if hits else 0, is_loose=True)


def keys(query: Query) -> set[int]:
    """Return the keys of all entries that hold every word of ``query``; no limit, no order."""
    sql, params = _matching(query.terms, 2**31 - 1)
    return {key for (key,) in _rows(sql, params)}


def _rows(sql: str, params: list[str | int]) -> list[tuple[Any, ...]]:
    with connections[SearchEntry.objects.db].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _matching(terms: tuple[AnyPhrase, ...], limit: int, *, titles: bool = False) -> Sql:
    engine = BACKENDS[connections[SearchEntry.objects.db].vendor]
    return engine.matching(terms, limit, titles=titles)


# ---- the query to the database -------------------------------------------------------------------

_STEP_NUMBER = f"""(
    SELECT count(*) FROM esimguide_step me JOIN esimguide_step s
    ON s.procedure_id = me.procedure_id AND s.position <= me.position AND NOT s.is_alternative
    WHERE me.id = e.step_id AND e.kind = {Kind.STEP:d}
)"""


def _best(query: Query, terms: tuple[AnyPhrase, ...], found: Sql | None = None) -> list[Hit]:
    """Return the best of the found entries, or of those that hold any of the terms.

    Every list of keys is made once, by name, and is short; only then are entries looked at.
    """
    side, lists = COLUMNS[active_language()], _lists(query, terms, found)
    candidates = " UNION ".join(
        f"SELECT id FROM (SELECT id FROM {name} LIMIT {RANKED}) {name}_"
        for name in ("found", "titled", "own")
        if name in lists
    )
    order = _order(query, lists)
    keys = ", ".join(f"{part} AS k{n}" for n, part in enumerate(order))
    by = ", ".join(f"k{n}" for n in range(len(order)))
    sql = f"""
        WITH {", ".join(f"{name} AS MATERIALIZED ({sql})" for name, (sql, _) in lists.items())},
        best AS (
            SELECT e.id AS id, {keys} FROM ({candidates}) c JOIN esimguide_entry e ON e.id = c.id
            ORDER BY {by}, e.id LIMIT {SHOWN}
        )
        SELECT e.kind, e.path, e.title_{side}, e.about_{side}, e.text_{side}, {_STEP_NUMBER},
        (SELECT count(*) FROM found)
        FROM best JOIN esimguide_entry e ON e.id = best.id ORDER BY {by}, e.id
    """
    return [Hit(*row) for row in _rows(sql, [v for _, params in lists.values() for v in params])]


def _lists(query: Query, terms: tuple[AnyPhrase, ...], found: Sql | None) -> dict[str, Sql]:
    """Return lists of keys by name: who has a word, or all words, in its title; who has any; what
    is found; what of that is the named carrier's.
    """
    lists, each = dict[str, Sql](), list(enumerate(terms))
    if len(terms) > 1:
        lists |= {f"title{n}": _matching((term,), RANKED, titles=True) for n, term in each}
    if len(terms) == 1 or (terms and found):
        lists["titled"] = _matching(terms, RANKED, titles=True)
    if not found:
        lists |= {f"term{n}": _matching((term,), MANY_OF_SOME) for n, term in each}
    lists["found"] = found or _union([(f"SELECT id FROM term{n}", []) for n, _ in each])
    if query.carriers:
        lists["own"] = _own(query)
    return lists


def _own(query: Query) -> Sql:
    carriers, _ = _ids(query)
    own = "SELECT e.id AS id FROM found JOIN esimguide_entry e ON e.id = found.id"
    return f"{own} WHERE e.carrier_id IN ({carriers}) ORDER BY id LIMIT %s", [RANKED]


def _order(query: Query, lists: dict[str, Sql]) -> list[str]:
    """Return the order of hits: the named carrier's, what fits the situation, how many of the words
    stand in it and in its title, what is confirmed (but of a named carrier its page and procedures
    are first), the kind, what fits any carrier, the shorter.
    """
    parts = []
    carriers, situations = _ids(query)
    if carriers:
        own = f"WHEN e.carrier_id IN ({carriers}) THEN 0"
        parts.append(f"CASE {own} WHEN e.carrier_id IS NULL THEN 1 ELSE 2 END")
    if situations:
        parts += [f"CASE WHEN {_fits(situations)} THEN 0 ELSE 1 END", CONFIRMED_FIRST]
    for prefix in ("term", "title"):
        names = [name for name in lists if name.startswith(prefix)]
        if cases := [f"CASE WHEN e.id IN (SELECT id FROM {n}) THEN 1 ELSE 0 END" for n in names]:
            parts.append(f"-({' + '.join(cases)})")
    if carriers:
        parts.append(PAGES_FIRST)
    return [*parts, CONFIRMED_FIRST, "e.kind", GENERAL_FIRST, "e.weight"]


def _strict(query: Query, terms: tuple[AnyPhrase, ...]) -> Sql:
    """Return the keys of what holds all words; names and situations alone bring what they own."""
    carriers, situations = _ids(query)
    if not terms:
        own = f"SELECT id FROM esimguide_entry WHERE carrier_id IN ({carriers})"
        return f"{own} ORDER BY id LIMIT %s", [COUNTED + 1]
    found = _matching(terms, COUNTED + 1)
    if not situations or len(terms) > len([m for m in query.meanings if m.situations]):
        return found
    is_own = f"e.carrier_id IN ({carriers}) OR" if carriers else ""
    fitting = f"SELECT id FROM esimguide_entry e WHERE {_fits(situations)}"
    return _union([(f"{fitting} AND ({is_own} e.carrier_id IS NULL)", []), found])


def _union(pieces: list[Sql]) -> Sql:
    sql = " UNION ".join(f"SELECT id FROM ({piece}) p{n}" for n, (piece, _) in enumerate(pieces))
    return f"{sql} ORDER BY id", [value for _, params in pieces for value in params]


def _ids(query: Query) -> tuple[str, str]:
    carriers = (str(word.carrier_id) for word in query.carriers)
    return ", ".join(carriers), ", ".join(str(word.situation_id) for word in query.situations)


def _fits(situations: str) -> str:
    return (
        f"e.id IN (SELECT {entry_key(Kind.PROCEDURE, 0)} + procedure_id"
        f" FROM esimguide_procedure_situations WHERE situation_id IN ({situations}))"
    )
