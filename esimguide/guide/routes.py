"""Pure: which routes are open with what the reader still has, and what would open the others.

A *route* is one procedure seen by one reader. Procedures need capabilities (an old phone, the
original ID …) and some give capabilities, so that one route can unlock another: a chain. Where
what is needed can be had from no open route, the route is closed; where every route waits for
the dead number itself or for one another, it is a deadlock, and only a person can break it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from esimguide.models import Capability, Device, Place, Procedure, Situation, State

NUMBER = "working-number"  # the capability that the reader has lost, and wants back
HELPER = "helper"
PRESENCE = "in-hong-kong"
# What a phone has, unless the reader named one that has not.
ESIM = "phone-with-esim"
TRAY = "phone-with-card-tray"


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
class RouteNode:
    """One procedure as the search sees it: a key, what it takes and what it gives."""

    key: int
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reachability:
    """What the search found out about one way."""

    way: RouteNode
    first: tuple[int, ...]  # keys of the ways to go before, in their order
    missing: frozenset[str]  # what neither the reader has nor an open way gives

    @property
    def is_open(self) -> bool:
        """Whether the reader can go it, perhaps after others."""
        return not self.missing


def reachability(ways: Sequence[RouteNode], have: frozenset[str]) -> list[Reachability]:
    """Return for each way, in the given order, whether ``have`` opens it and what goes first.

    Ways are gone in rounds: a round goes every way whose needs are met and adds what it gives,
    until a round finds none. So there are at most as many rounds as ways, on any graph.
    """
    held, giver, gone = set(have), dict[str, RouteNode](), set[int]()
    while fresh := [w for w in ways if w.key not in gone and w.needs <= held]:
        gone |= {w.key for w in fresh}
        for way in fresh:
            for gift in way.gives - held:
                giver.setdefault(gift, way)
        held |= giver.keys()
    return [Reachability(w, _first(w, have, giver), w.needs - held) for w in ways]


def _first(way: RouteNode, have: frozenset[str], giver: dict[str, RouteNode]) -> tuple[int, ...]:
    order: dict[int, None] = {}
    for need in sorted(way.needs - have):
        if before := giver.get(need):
            order |= dict.fromkeys((*_first(before, have, giver), before.key))
    return tuple(order)


def is_deadlock(found: Sequence[Reachability]) -> bool:
    """Tell whether every way is closed for want of the number or of what only closed ways give."""
    circular = {NUMBER} | {gift for opening in found for gift in opening.way.gives}
    return bool(found) and all(not o.is_open and o.missing & circular for o in found)


# ---- what that means for one reader --------------------------------------------------------------


class Verdict(StrEnum):
    """The first line of an answer: is it possible from where the reader is?"""

    HERE = "here"
    HELPER = "helper"
    CROSS = "cross"
    WORKS = "works"  # the number still works: there is time to do it properly
    UNCONFIRMED = "unconfirmed"


class Openness(StrEnum):
    """How a route stands for one reader."""

    OPEN = "open"
    DEPENDS = "depends"  # the reader has not said yet what they have
    CLOSED = "closed"
    UNCONFIRMED = "unconfirmed"


class Purpose(StrEnum):
    """What a route is for."""

    FIRST_AID = "first-aid"  # stops the damage, does not bring the number back
    OWN = "own"  # what this carrier does, or whom to ask
    GENERAL = "general"  # how it usually goes; no carrier promises it


@dataclass(frozen=True)
class Reader:
    """What a reader has told: nothing of it is stored."""

    place: Place | None = None
    have: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()  # what the situation took, even before they say so

    @property
    def gone(self) -> frozenset[str]:
        """What they surely do not have."""
        return self.lost - self.have

    @property
    def holds(self) -> frozenset[str]:
        """What they have, being in Hong Kong and what a phone has included."""
        here = {PRESENCE} if self.place == Place.HONG_KONG else set()
        return self.have | here | ({ESIM, TRAY} - self.lost)


def lacking(device: Device | None) -> frozenset[str]:
    """Return what the reader's phone surely has not; nothing when it is not confirmed."""
    lacks = {Device.Esim.NO: ESIM, Device.Esim.ONLY: TRAY}
    return frozenset({lacks[Device.Esim(device.esim)]} if device and device.esim in lacks else ())


@dataclass(frozen=True)
class Route:
    """One procedure for one reader."""

    procedure: Procedure
    openness: Openness
    opening: Reachability
    first: tuple[Procedure, ...]
    missing: tuple[Capability, ...]
    is_from_here: bool

    @property
    def purpose(self) -> Purpose:
        if self.procedure.is_first_aid:
            return Purpose.FIRST_AID
        return Purpose.OWN if self.procedure.carrier_id else Purpose.GENERAL

    @property
    def phone_lacks(self) -> str:
        """What the phone that the reader named lacks for it: eSIM, a card tray, or nothing."""
        return next(iter(self.opening.missing & {ESIM, TRAY}), "")


def routes(procedures: Sequence[Procedure], reader: Reader) -> list[Route]:
    """Return a route for each procedure: first aid, then the carrier's own, then general ones;
    among them what is confirmed to be possible from here, the certain, the open, the quick, the
    cheap.

    ``procedures`` must have their needs and gains fetched, and ``minutes`` and ``hkd``.
    """
    ways = [_way(p, reader) for p in procedures]
    by_key = {p.pk: p for p in procedures}
    found = reachability(ways, reader.holds)
    listed = [_route(by_key, o, reader) for o in found]
    return sorted(listed, key=_rank)


PHONE_NEEDS = {Procedure.Sim.ESIM: {ESIM}, Procedure.Sim.PLASTIC: {TRAY}}


def _way(procedure: Procedure, reader: Reader) -> RouteNode:
    needs = {c.slug for c in procedure.needs.all()}
    needs |= PHONE_NEEDS.get(Procedure.Sim(procedure.sim), set())
    if reader.place and not _is_from(procedure, reader.place) and procedure.from_hong_kong:
        needs.add(PRESENCE)
    # What is not confirmed may not open another route.
    gives = {c.slug for c in procedure.gains.all()} if procedure.is_confirmed else set()
    return RouteNode(procedure.pk, frozenset(needs), frozenset(gives))


def _route(procedures: dict[int, Procedure], opening: Reachability, reader: Reader) -> Route:
    procedure = procedures[opening.way.key]
    first = tuple(procedures[key] for key in opening.first)
    openness = _openness(procedure, opening, reader)
    is_from_here = reader.place is not None and _is_from(procedure, reader.place)
    missing = tuple(c for c in procedure.needs.all() if c.slug in opening.missing)
    return Route(procedure, openness, opening, first, missing, is_from_here)


def _openness(procedure: Procedure, opening: Reachability, reader: Reader) -> Openness:
    if opening.missing & {ESIM, TRAY}:
        return Openness.CLOSED
    if not procedure.is_confirmed:
        return Openness.UNCONFIRMED
    if opening.is_open:
        return Openness.OPEN
    is_told = reader.have or opening.missing & reader.gone
    return Openness.CLOSED if is_told else Openness.DEPENDS


def _is_from(procedure: Procedure, place: Place) -> bool:
    return place in procedure.places


def _rank(route: Route) -> tuple[float | Decimal, ...]:
    procedure = route.procedure
    return (
        list(Purpose).index(route.purpose),
        not procedure.is_confirmed,
        not route.is_from_here,
        procedure.state != State.OFFICIAL,
        route.openness == Openness.CLOSED,
        math.inf if procedure.minutes is None else procedure.minutes,
        math.inf if procedure.hkd is None else procedure.hkd,
    )


@dataclass(frozen=True)
class Group:
    """Routes of one purpose, in their order."""

    purpose: Purpose
    routes: list[Route]

    @property
    def confirmed_count(self) -> int:
        """How many rest on evidence."""
        return sum(r.procedure.is_confirmed for r in self.routes)

    @property
    def open_count(self) -> int:
        """How many the reader can go now."""
        return sum(r.openness == Openness.OPEN for r in self.routes)


def by_purpose(found: Iterable[Route]) -> list[Group]:
    """Return the routes in one group a purpose, in the order of ``Purpose``; none is empty."""
    listed = list(found)
    groups = (Group(p, [r for r in listed if r.purpose == p]) for p in Purpose)
    return [group for group in groups if group.routes]


@dataclass(frozen=True)
class Decision:
    """A verdict and the procedures it rests on, which may hold for one line type only."""

    verdict: Verdict
    by: tuple[Procedure, ...] = ()


def decide(found: Iterable[Route], situation: Situation | None, reader: Reader) -> Decision:
    """Return the verdict for the reader's place, from the carrier's own confirmed routes alone.

    First aid and general procedures never decide it: no carrier is claimed to do what only
    another's page, or nobody's, says. Nor does one that needs what the situation took.
    """
    own = [r for r in found if r.purpose == Purpose.OWN and r.procedure.is_confirmed]
    back = [r.procedure for r in own if not r.opening.missing & reader.gone]
    here = [p for p in back if reader.place and _is_from(p, reader.place)]
    helped = [p for p in back if HELPER in {c.slug for c in p.needs.all()}]
    there = [p for p in back if reader.place and p.from_hong_kong]
    choices = ((Verdict.HERE, here), (Verdict.HELPER, helped), (Verdict.CROSS, there))
    for verdict, procedures in choices:
        if procedures:
            return Decision(verdict, tuple(procedures))
    works = situation is not None and situation.number_works
    return Decision(Verdict.WORKS if works else Verdict.UNCONFIRMED)


def cheapest_key(found: Iterable[Route]) -> tuple[Capability, int] | None:
    """Return the one thing that alone would open the most confirmed routes, and how many.

    Only routes that lack nothing else count; between equals the earlier in the capabilities' own
    order wins. None when no single thing opens any.
    """
    shut = [r for r in found if r.openness in {Openness.CLOSED, Openness.DEPENDS}]
    alone = Counter(r.missing[0] for r in shut if len(r.missing) == len(r.opening.missing) == 1)
    ranked = sorted(alone.items(), key=lambda item: (-item[1], item[0].position))
    return ranked[0] if ranked else None


def is_stuck(found: Iterable[Route]) -> bool:
    """Tell whether the confirmed routes that would bring the number back are a deadlock."""
    back = [r for r in found if r.procedure.is_confirmed and not r.procedure.is_first_aid]
    return is_deadlock([route.opening for route in back])
