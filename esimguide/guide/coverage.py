"""How far the guide answers each carrier's questions, cell by cell.

One table asks what can be done in each situation from each place, one asks for each kind of fact
that decides a replacement. A cell is *missing* where a reader would find nothing, not even whom
to ask: that is a fault. *Not confirmed* is an answer.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from esimguide.models import Carrier, Fact, Place, PlanType, Procedure, Situation, State

# What decides a replacement: every carrier answers these, if only by "not confirmed".
KINDS = (
    Fact.Kind.ESIM,
    Fact.Kind.REISSUE,
    Fact.Kind.FEE,
    Fact.Kind.DURATION,
    Fact.Kind.DOCUMENTS,
    Fact.Kind.PROXY,
    Fact.Kind.REMOTE,
    Fact.Kind.QR_REUSE,
    Fact.Kind.OLD_PROFILE,
    Fact.Kind.REAL_NAME,
    Fact.Kind.LOSS,
    Fact.Kind.KEPT,
)
# Only a carrier that has eSIM can bring these about.
ESIM_SITUATIONS = frozenset({"deleted", "to-esim"})


class Known(models.TextChoices):
    """How far a cell is answered."""

    OFFICIAL = "official", _("official")
    REPORTED = "reported", _("reported")
    UNCONFIRMED = "unconfirmed", _("not confirmed")
    NOT_OFFERED = "not-offered", _("not offered")
    MISSING = "missing", _("missing")


@dataclass(frozen=True)
class Cell:
    """One answer; ``line`` is the only line type it holds for, else "any"."""

    known: Known
    line: PlanType = PlanType.ANY


@dataclass(frozen=True)
class Row:
    """One carrier's answers to one situation, a cell for each ``Place``."""

    situation: Situation
    cells: list[Cell]


@dataclass(frozen=True)
class CarrierCoverage:
    """One carrier's answers: a row for each situation, a cell for each of ``KINDS``."""

    carrier: Carrier
    rows: list[Row]
    facts: list[tuple[Fact.Kind, Cell]]

    @property
    def missing(self) -> list[str]:
        """What is missing, by name: "situation place" or the fact's kind."""
        places = [
            f"{row.situation.slug} {place}"
            for row in self.rows
            for place, cell in zip(Place, row.cells, strict=True)
            if cell.known == Known.MISSING
        ]
        return places + [kind.value for kind, cell in self.facts if cell.known == Known.MISSING]


def coverage_by_carrier() -> list[CarrierCoverage]:
    """Return one sheet a published carrier, in a fixed number of queries."""
    situations = list(Situation.objects.all())
    done = list(Procedure.objects.published().prefetch_related("situations"))
    stated = list(Fact.objects.all())
    return [
        _sheet(
            carrier,
            situations,
            [p for p in done if p.carrier_id == carrier.pk and not p.is_first_aid],
            [f for f in stated if f.carrier_id == carrier.pk],
        )
        for carrier in Carrier.objects.published()
    ]


def _sheet(
    carrier: Carrier, situations: list[Situation], procedures: list[Procedure], facts: list[Fact]
) -> CarrierCoverage:
    kinds = [(kind, _stated([f for f in facts if f.kind == kind])) for kind in KINDS]
    has_esim = dict(kinds)[Fact.Kind.ESIM].known != Known.NOT_OFFERED
    rows = [
        Row(s, _answered(s, [p for p in procedures if s in p.situations.all()], has_esim=has_esim))
        for s in situations
    ]
    return CarrierCoverage(carrier, rows, kinds)


def _answered(situation: Situation, procedures: list[Procedure], *, has_esim: bool) -> list[Cell]:
    """Return a cell for each place. A confirmed procedure counts where its place is ticked; where
    none is, the pages that answer the situation say so and whom to ask.
    """
    if not has_esim and situation.slug in ESIM_SITUATIONS:
        return [Cell(Known.NOT_OFFERED) for _place in Place]
    return [
        _best([p for p in procedures if place in p.places and p.is_confirmed])
        or Cell(Known.UNCONFIRMED if procedures else Known.MISSING)
        for place in Place
    ]


def _stated(facts: list[Fact]) -> Cell:
    if facts and all(f.says_no for f in facts):
        return Cell(Known.NOT_OFFERED)
    confirmed = _best([f for f in facts if f.is_confirmed])
    return confirmed or Cell(Known.UNCONFIRMED if facts else Known.MISSING)


def _best(statements: list[Procedure] | list[Fact]) -> Cell | None:
    if not statements:
        return None
    official = [s for s in statements if s.state == State.OFFICIAL]
    lines = {PlanType(s.line) for s in official or statements}
    known = Known.OFFICIAL if official else Known.REPORTED
    return Cell(known, lines.pop() if len(lines) == 1 else PlanType.ANY)
