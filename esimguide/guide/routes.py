"""Pure: which routes are open with what the reader still has, and what would open the others.

A *route* is one procedure seen by one reader. Procedures need capabilities (an old phone, the
original ID …), and some provide capabilities that other procedures need. A route is closed if no
open route provides what it needs.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from esimguide.guide.reachability import Reachability, RouteNode, is_deadlock, reachability
from esimguide.models import Capability, Device, Place, Procedure, Situation, State

HELPER = "helper"
PRESENCE = "in-hong-kong"
# What a phone has, unless the reader named one that has not.
ESIM = "phone-with-esim"
TRAY = "phone-with-card-tray"


@dataclass(frozen=True)
class Answers:
    """What can be done in one situation: procedures, the confirmed ones first."""

    situation: Situation
    procedures: list[Procedure]

    @property
    def is_confirmed(self) -> bool:
        return any(p.state != State.UNKNOWN for p in self.procedures)


def by_situation(situations: Iterable[Situation], procedures: Iterable[Procedure]) -> list[Answers]:
    """Return one ``Answers`` a situation; the procedures must have theirs fetched."""
    listed = sorted(procedures, key=lambda p: p.state == State.UNKNOWN)
    return [
        Answers(situation, [p for p in listed if situation in p.situations.all()])
        for situation in situations
    ]


class Verdict(StrEnum):
    """The first line of an answer: is it possible from where the reader is?"""

    HERE = "here"
    HELPER = "helper"
    CROSS = "cross"
    WORKS = "works"  # the number still works: there is time to do it properly
    UNCONFIRMED = "unconfirmed"


class RouteStatus(StrEnum):
    """Whether one reader can take a route."""

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
    """What a reader told us. None of it is stored. The sets hold slugs of capabilities."""

    place: Place | None = None
    ticked: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()  # what the situation took, or the phone lacks

    @property
    def unavailable(self) -> frozenset[str]:
        return self.lost - self.ticked

    @property
    def available(self) -> frozenset[str]:
        """What they have, including presence in Hong Kong and what a phone has."""
        here = {PRESENCE} if self.place == Place.HONG_KONG else set()
        return self.ticked | here | ({ESIM, TRAY} - self.lost)


def capabilities_lacking(device: Device | None) -> frozenset[str]:
    """Return what the reader's phone certainly lacks; nothing if that is not confirmed."""
    lacks = {Device.Esim.NO: ESIM, Device.Esim.ONLY: TRAY}
    return frozenset({lacks[Device.Esim(device.esim)]} if device and device.esim in lacks else ())


@dataclass(frozen=True)
class Route:
    """One procedure for one reader."""

    procedure: Procedure
    status: RouteStatus
    reachability: Reachability
    prerequisites: tuple[Procedure, ...]
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
        return next(iter(self.reachability.missing & {ESIM, TRAY}), "")


def routes(procedures: Sequence[Procedure], reader: Reader) -> list[Route]:
    """Return a route for each procedure: first aid, then the carrier's own, then general ones.
    Among these come first those confirmed to be possible from here, then the official, the open,
    the quick, the cheap.

    ``procedures`` come from ``with_capabilities()``.
    """
    by_key = {p.pk: p for p in procedures}
    found = reachability([_node(p, reader) for p in procedures], reader.available)
    return sorted((_route(by_key, r, reader) for r in found), key=_rank)


PHONE_NEEDS = {Procedure.Sim.ESIM: {ESIM}, Procedure.Sim.PLASTIC: {TRAY}}


def _node(procedure: Procedure, reader: Reader) -> RouteNode:
    needs = {c.slug for c in procedure.needs.all()}
    needs |= PHONE_NEEDS.get(Procedure.Sim(procedure.sim), set())
    if reader.place and reader.place not in procedure.places and procedure.from_hong_kong:
        needs.add(PRESENCE)
    # What is not confirmed may not open another route.
    provides = {c.slug for c in procedure.gains.all()} if procedure.is_confirmed else set()
    return RouteNode(procedure.pk, frozenset(needs), frozenset(provides))


def _route(procedures: dict[int, Procedure], found: Reachability, reader: Reader) -> Route:
    procedure = procedures[found.node.key]
    return Route(
        procedure=procedure,
        status=_status(procedure, found, reader),
        reachability=found,
        prerequisites=tuple(procedures[key] for key in found.prerequisites),
        missing=tuple(c for c in procedure.needs.all() if c.slug in found.missing),
        is_from_here=reader.place in procedure.places,
    )


def _status(procedure: Procedure, found: Reachability, reader: Reader) -> RouteStatus:
    if found.missing & {ESIM, TRAY}:
        return RouteStatus.CLOSED
    if not procedure.is_confirmed:
        return RouteStatus.UNCONFIRMED
    if found.is_open:
        return RouteStatus.OPEN
    is_told = reader.ticked or found.missing & reader.unavailable
    return RouteStatus.CLOSED if is_told else RouteStatus.DEPENDS


def _rank(route: Route) -> tuple[float | Decimal, ...]:
    procedure = route.procedure
    return (
        list(Purpose).index(route.purpose),
        not procedure.is_confirmed,
        not route.is_from_here,
        procedure.state != State.OFFICIAL,
        route.status == RouteStatus.CLOSED,
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
        return sum(r.procedure.is_confirmed for r in self.routes)

    @property
    def open_count(self) -> int:
        return sum(r.status == RouteStatus.OPEN for r in self.routes)


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
    back = [r.procedure for r in own if not r.reachability.missing & reader.unavailable]
    here = [p for p in back if reader.place in p.places]
    helped = [p for p in back if HELPER in {c.slug for c in p.needs.all()}]
    there = [p for p in back if reader.place and p.from_hong_kong]
    choices = ((Verdict.HERE, here), (Verdict.HELPER, helped), (Verdict.CROSS, there))
    for verdict, procedures in choices:
        if procedures:
            return Decision(verdict, tuple(procedures))
    works = situation is not None and situation.number_works
    return Decision(Verdict.WORKS if works else Verdict.UNCONFIRMED)


def cheapest_capability(found: Iterable[Route]) -> tuple[Capability, int] | None:
    """Return the one thing that alone would open the most confirmed routes, and how many.

    Only routes that lack nothing else count; between equals the earlier in the capabilities' own
    order wins. None when no single thing opens any.
    """
    shut = [r for r in found if r.status in {RouteStatus.CLOSED, RouteStatus.DEPENDS}]
    alone = Counter(
        r.missing[0] for r in shut if len(r.missing) == len(r.reachability.missing) == 1
    )
    ranked = sorted(alone.items(), key=lambda item: (-item[1], item[0].position))
    return ranked[0] if ranked else None


def is_stuck(found: Iterable[Route]) -> bool:
    """Tell whether the confirmed routes that would bring the number back are a deadlock."""
    back = [r for r in found if r.procedure.is_confirmed and not r.procedure.is_first_aid]
    return is_deadlock([route.reachability for route in back])
