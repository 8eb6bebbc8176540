"""Every query string and form a visitor sends passes here.

Out of a query come typed values, or BadRequest for nonsense. Out of a form comes a record, or words
beside the field in the reader's language, with all that was typed still there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.utils.datastructures import MultiValueDict

from esimguide.guide.comparison import Order
from esimguide.models import Capability, Carrier, Device, Place, PlanType, Region, Situation, Vote

UNKNOWN = "unknown"  # "I do not know" is an answer, so that the next question can follow
MAX_FILTER = 40  # characters
MAX_SEARCH = 100  # characters
QUESTIONS = ("carrier", "situation", "place")


def step_number(query: Mapping[str, str]) -> int | None:
    """Return the step a reader asks for (1, 2, …), or None for all steps at once.

    Raises BadRequest when ``step`` is there and is not a whole number from 1 to 999.
    """
    raw = query.get("step")
    if raw is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,2}", raw):
        raise BadRequest("step is a whole number from 1")
    return int(raw)


def filter_text(query: Mapping[str, str]) -> str:
    """Return what a reader typed into a filter box: at most 40 characters, controls dropped."""
    printable = "".join(c for c in query.get("q", "") if c.isprintable())
    return printable.strip()[:MAX_FILTER]


def search_text(query: Mapping[str, str]) -> tuple[str, bool]:
    """Return what a reader wants to find, and whether it was cut to 100 characters."""
    printable = "".join(c if c.isprintable() else " " for c in query.get("q", "")).strip()
    return printable[:MAX_SEARCH].strip(), len(printable) > MAX_SEARCH


def parse_region(query: Mapping[str, str]) -> Region | None:
    """Return where a reader says the device was sold; None for no or an unknown answer."""
    asked_for = query.get("region", "")
    return Region(asked_for) if asked_for in Region and asked_for != Region.ANY else None


@dataclass(frozen=True)
class AnswerChoices:
    """What can be answered, by slug."""

    carriers: dict[str, Carrier]
    situations: dict[str, Situation]
    capabilities: dict[str, Capability]
    devices: dict[str, Device] = field(default_factory=dict)
    places: ClassVar = {p.value: p for p in Place}
    lines: ClassVar = {x.value: x for x in PlanType if x != PlanType.ANY}


@dataclass(frozen=True)
class AnswerQuery:
    """One reader's answers; ``given`` also holds the "I do not know" ones, by question."""

    given: dict[str, str]
    ticked: tuple[str, ...]  # what they still have: slugs of capabilities
    carrier: Carrier | None
    situation: Situation | None
    place: Place | None
    line: PlanType
    device: Device | None

    @property
    def query(self) -> str:
        """The canonical query string: names and values sorted, nothing twice."""
        return self.with_answer("", "")

    @property
    def open_question(self) -> str:
        """The first of the three questions that has no answer yet, or nothing."""
        return next((name for name in QUESTIONS if name not in self.given), "")

    def with_answer(self, name: str, value: str) -> str:
        """Return the query string with one answer set, the others kept; an empty value drops it."""
        given = {k: v for k, v in self.given.items() if k != name}
        pairs = [*given.items(), *(("have", slug) for slug in self.ticked)]
        return urlencode(sorted([*pairs, (name, value)] if value else pairs))


def parse_answer_query(query: MultiValueDict[str, str], choices: AnswerChoices) -> AnswerQuery:
    """Return the answers in ``query``: the last of a repeated one, known values only."""
    allowed = {
        "carrier": choices.carriers.keys() | {UNKNOWN},
        "situation": choices.situations.keys() | {UNKNOWN},
        "place": choices.places.keys() | {UNKNOWN},
        "line": choices.lines.keys(),
        "device": choices.devices.keys(),
    }
    last = {name: value for name in allowed for value in query.getlist(name)[-1:]}
    given = {name: value for name, value in last.items() if value in allowed[name]}
    return AnswerQuery(
        given=given,
        ticked=tuple(sorted(choices.capabilities.keys() & set(query.getlist("have")))),
        carrier=choices.carriers.get(given.get("carrier", "")),
        situation=choices.situations.get(given.get("situation", "")),
        place=choices.places.get(given.get("place", "")),
        line=choices.lines.get(given.get("line", ""), PlanType.ANY),
        device=choices.devices.get(given.get("device", "")),
    )


@dataclass(frozen=True)
class ComparisonQuery:
    """Which carriers a reader compares, by slug, and in which order."""

    carriers: tuple[str, ...]
    order: Order

    @property
    def query(self) -> str:
        return self.ordered(self.order)

    def ordered(self, order: Order) -> str:
        pairs = [("carrier", slug) for slug in self.carriers]
        return urlencode([*pairs, ("sort", order)] if order != Order.GUIDE else pairs)


def parse_comparison(query: MultiValueDict[str, str], slugs: set[str]) -> ComparisonQuery:
    """Return what is compared in ``query``: known carriers, each once, and a known order."""
    order = query.get("sort", "")
    return ComparisonQuery(
        carriers=tuple(sorted(slugs & set(query.getlist("carrier")))),
        order=Order(order) if order in Order else Order.GUIDE,
    )


def parse_vote(posted: Mapping[str, str], step_count: int) -> tuple[str, int]:
    """Return what a reader answered to "Did this help?" and the step they got stuck at, else 0.

    Raises BadRequest for another answer, and for a step that the procedure does not have.
    """
    answer, number = posted.get("answer", ""), posted.get("step", "0")
    is_stuck = answer == Vote.Answer.STUCK
    steps = {str(n) for n in range(1, step_count + 1)}
    if answer not in Vote.Answer or (is_stuck and number not in steps):
        raise BadRequest("no such answer, or no such step")
    return answer, int(number) if is_stuck else 0
