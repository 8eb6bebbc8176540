"""Pure: which routes are open with what the reader still has, and what would open the others.

A *route* is one procedure seen by one reader. Procedures need capabilities (an old phone, the
original ID …) and some give capabilities, so that one route can unlock another: a chain. Where
what is needed can be had from no open route, the route is closed; where every route waits for
the dead number itself or for one another, it is a deadlock, and only a person can break it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from esimguide.models import Place, Procedure, Situation, State

NUMBER = "working-number"  # the capability that the reader has lost, and wants back
HELPER = "helper"
PRESENCE = "in-hong-kong"


# ---- what answers a situation --------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """What can be done in one situation: procedures, the confirmed ones first."""

    situation: Situation
    procedures: list[Procedure]

    @property
    def is_confirmed(self) -> bool:
        """Whether any of them rests on evidence."""
        return any(p.state != State.UNKNOWN for p in self.procedures)


def by_situation(situations: Iterable[Situation], procedures: Iterable[Procedure]) -> list[Answers]:
    """Return one ``Answers`` a situation; the procedures must have theirs fetched."""
    listed = sorted(procedures, key=lambda p: p.state == State.UNKNOWN)
    return [
        Answers(situation, [p for p in listed if situation in p.situations.all()])
        for situation in situations
    ]


# ---- what opens what -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One procedure as the search sees it: what it takes and gives, and how good it is."""

    key: str
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Opening:
    """What the search found out about one way."""

    way: Way
    first: tuple[str, ...] = ()  # keys of the ways to go before, in order
    missing: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_open(self) -> bool:
        """Whether the reader can go it, perhaps after others."""
        return not self.missing


def openings(ways: Sequence[Way], have: frozenset[str]) -> list[Opening]:
    """Return, for each way in the given order, whether ``have`` opens it, and what goes first.

    Ways are gone in rounds: each round goes every way whose needs are met and adds what it gives,
    until a round adds nothing. So at most as many rounds as there are ways, on any graph.
    """
    held, source = set(have), {}
    gone: set[str] = set()
    while fresh := [w for w in ways if w.key not in gone and w.needs <= held]:
        for way in fresh:
            gone.add(way.key)
            for gift in way.gives - held:
                source.setdefault(gift, way)
        held |= source.keys()
    return [Opening(w, _first(w, have, source), w.needs - held) for w in ways]


def _first(way: Way, have: frozenset[str], source: dict[str, Way]) -> tuple[str, ...]:
    order: list[str] = []
    for need in sorted(way.needs - have):
        if giver := source.get(need):
            order += [k for k in (*_first(giver, have, source), giver.key) if k not in order]
    return tuple(order)


def is_deadlock(found: Sequence[Opening]) -> bool:
    """Tell whether every way is closed, each for want of what only the closed ways would give."""
    closed_gifts = {gift for opening in found for gift in opening.way.gives}
    return bool(found) and all(
        not opening.is_open and opening.missing & (closed_gifts | {NUMBER}) for opening in found
    )
