"""Search: what a reader typed, in either script and either side's words, to a list of hits.

Known words match in all their forms. Where nothing holds all of the words, entries with some of
them follow. There is no score: the same order comes from both databases, and can be explained.
"""

from dataclasses import dataclass, field

from django.db import connections

from esimguide.engines import ENGINES, Engine, Sql, Term
from esimguide.models import Carrier, Entry, Kind, Situation
from esimguide.models.index import UNCONFIRMED
from esimguide.query import Query, read

SHOWN = 30  # hits on a page
COUNTED = 1000  # more than that is "over 1,000"
RANKED = 300  # of the entries that match, in the order of their kinds, so many are ranked
CONFIRMED_FIRST = f"CASE WHEN e.weight >= {UNCONFIRMED} THEN 1 ELSE 0 END"
GENERAL_FIRST = "CASE WHEN e.carrier_id IS NULL THEN 0 ELSE 1 END"
MOST_TERMS = 8  # that a query is ranked by

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
    """
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
