"""coverage.py: which questions are answered, and how surely."""

import pytest

from esimguide.guide.coverage import KINDS, CarrierCoverage, Cell, Known, coverage_by_carrier
from esimguide.models import Carrier, Fact, PlanType, Situation, State
from tests.factories import (
    make_carrier,
    make_fact,
    make_procedure,
    make_situation,
    make_unknown_fact,
)
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


@pytest.fixture
def carrier() -> Carrier:
    return make_carrier(slug="cmhk")


@pytest.fixture
def deleted() -> Situation:
    return make_situation(slug="deleted")


def sheet_of(carrier: Carrier) -> CarrierCoverage:
    [found] = [sheet for sheet in coverage_by_carrier() if sheet.carrier == carrier]
    return found


def cells(carrier: Carrier) -> list[str]:
    return [cell.known.value for row in sheet_of(carrier).rows for cell in row.cells]


def of_kind(carrier: Carrier, kind: Fact.Kind) -> Cell:
    return dict(sheet_of(carrier).facts)[kind]


def test_nothing_at_all_is_missing(carrier: Carrier, deleted: Situation) -> None:
    assert cells(carrier) == ["missing"] * 4
    places = ["hong-kong", "mainland", "macau", "overseas"]
    assert sheet_of(carrier).missing == [
        *(f"{deleted.slug} {place}" for place in places),
        *(kind.value for kind in KINDS),
    ]


def test_a_confirmed_procedure_counts_where_its_place_is_ticked(
    carrier: Carrier, deleted: Situation
) -> None:
    make_procedure(carrier=carrier, situations=[deleted], from_macau=True)
    assert cells(carrier) == ["official", "unconfirmed", "official", "unconfirmed"]


def test_what_is_not_confirmed_is_an_answer(carrier: Carrier, deleted: Situation) -> None:
    make_procedure(carrier=carrier, situations=[deleted], state=State.UNKNOWN, source=None)
    assert cells(carrier) == ["unconfirmed"] * 4


def test_neither_first_aid_nor_another_carriers_procedure_answers(
    carrier: Carrier, deleted: Situation
) -> None:
    make_procedure(carrier=carrier, situations=[deleted], is_first_aid=True)
    make_procedure(carrier=make_carrier(), situations=[deleted])
    make_procedure(situations=[deleted])
    assert cells(carrier) == ["missing"] * 4


def test_an_official_statement_beats_a_reported_one_and_names_its_line(carrier: Carrier) -> None:
    assert of_kind(carrier, Fact.Kind.FEE) == Cell(Known.MISSING)
    make_unknown_fact(carrier=carrier)
    assert of_kind(carrier, Fact.Kind.FEE) == Cell(Known.UNCONFIRMED)
    make_fact(carrier=carrier, state=State.REPORTED)
    assert of_kind(carrier, Fact.Kind.FEE) == Cell(Known.REPORTED)
    make_fact(carrier=carrier, line=PlanType.PREPAID)
    assert of_kind(carrier, Fact.Kind.FEE) == Cell(Known.OFFICIAL, PlanType.PREPAID)
    make_fact(carrier=carrier, line=PlanType.POSTPAID)
    assert of_kind(carrier, Fact.Kind.FEE) == Cell(Known.OFFICIAL)


def test_a_carrier_without_esim_does_not_offer_what_needs_one(
    carrier: Carrier, deleted: Situation
) -> None:
    make_procedure(carrier=carrier, situations=[deleted], state=State.UNKNOWN, source=None)
    make_fact(carrier=carrier, kind=Fact.Kind.ESIM, says_no=True)
    assert cells(carrier) == ["not-offered"] * 4
    make_unknown_fact(carrier=carrier, kind=Fact.Kind.ESIM)
    assert cells(carrier) == ["unconfirmed"] * 4


def test_queries_do_not_grow(deleted: Situation) -> None:
    def add() -> None:
        carrier = make_carrier()
        make_procedure(carrier=carrier, situations=[deleted])
        make_fact(carrier=carrier)

    assert_do_not_grow(add, coverage_by_carrier, most=5)
