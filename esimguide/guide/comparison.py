"""Pure: carriers side by side on what matters in trouble. Never a ranking of prices or plans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from esimguide.models import Carrier, Channel, Fact, Place, Procedure, State

DAYS = {"days": 1, "months": 30}
KINDS = {
    "fees": (Fact.Kind.FEE,),
    "times": (Fact.Kind.DURATION,),
    "kept": (Fact.Kind.KEPT, Fact.Kind.GRACE, Fact.Kind.VALIDITY),
    "documents": (Fact.Kind.DOCUMENTS,),
}


class Order(StrEnum):
    """How the carriers can be put in order."""

    GUIDE = "guide"
    CONFIRMED = "confirmed"
    OUTSIDE = "outside"
    KEPT = "kept"


@dataclass(frozen=True)
class Column:
    """What is known of one carrier; everything must be fetched before."""

    carrier: Carrier

    @property
    def hotlines(self) -> list[Channel]:
        lines = [c for c in self.carrier.channels.all() if c.kind == Channel.Kind.HOTLINE]
        return sorted(lines, key=lambda c: not c.is_loss_line)

    @property
    def websites(self) -> list[Channel]:
        return [c for c in self.carrier.channels.all() if c.kind == Channel.Kind.WEBSITE]

    @property
    def routes(self) -> list[Procedure]:
        """Its confirmed ways to get the number back, and to stop the damage."""
        return [p for p in self.carrier.procedures.all() if p.is_published and p.is_confirmed]

    @property
    def by_place(self) -> list[tuple[Place, list[Procedure]]]:
        """For each place, what is confirmed to work from there; perhaps nothing."""
        return [(place, [p for p in self.routes if place in p.places]) for place in Place]

    @property
    def outside(self) -> int:
        """From how many places outside Hong Kong something is confirmed to work."""
        return sum(bool(found) for place, found in self.by_place if place != Place.HONG_KONG)

    @property
    def compared(self) -> list[Fact]:
        return [f for name in KINDS for f in self.facts_of(name)]

    @property
    def confirmed(self) -> int:
        """How many of the compared facts rest on evidence."""
        return sum(f.is_confirmed for f in self.compared)

    @property
    def states(self) -> list[tuple[State, int]]:
        """How many of the compared facts stand in each state that any of them has."""
        counts = [(s, sum(f.state == s for f in self.compared)) for s in State]
        return [(state, count) for state, count in counts if count]

    @property
    def days_kept(self) -> int:
        """The longest confirmed time for which a number is kept, in days; 0 if none is."""
        kept = [f for f in self.facts_of("kept") if f.kind == Fact.Kind.KEPT and f.is_confirmed]
        amounts = ((f.amount_max or f.amount_min or 0) * DAYS.get(f.unit, 0) for f in kept)
        return int(max(amounts, default=0))

    def facts_of(self, name: str) -> list[Fact]:
        mine = [f for f in self.carrier.facts.all() if f.kind in KINDS[name]]
        return sorted(mine, key=lambda f: not f.is_confirmed)


@dataclass(frozen=True)
class ComparisonSection:
    """One heading, and what each carrier's column has under it."""

    name: str
    cells: list[tuple[Carrier, Sequence[Fact]]]


def columns(carriers: Iterable[Carrier], order: Order) -> list[Column]:
    """Return one column a carrier, in the wanted order; equals stay in the guide's."""
    made = [Column(carrier) for carrier in carriers]
    keys = {
        Order.CONFIRMED: lambda c: -c.confirmed,
        Order.OUTSIDE: lambda c: -c.outside,
        Order.KEPT: lambda c: -c.days_kept,
    }
    return sorted(made, key=keys[order]) if order in keys else made


def sections(compared: Sequence[Column]) -> list[ComparisonSection]:
    return [
        ComparisonSection(name, [(c.carrier, c.facts_of(name)) for c in compared]) for name in KINDS
    ]
