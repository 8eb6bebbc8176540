"""routes.py: which procedures answer which situation, and which routes are open for whom."""

import pytest

from esimguide.guide.reachability import NUMBER
from esimguide.guide.routes import (
    ESIM,
    TRAY,
    Decision,
    Reader,
    RouteStatus,
    Verdict,
    by_situation,
    capabilities_lacking,
    cheapest_capability,
    decide,
    is_stuck,
    routes,
)
from esimguide.models import Capability, Device, Place, Procedure, Situation, State
from tests.factories import (
    make_capability,
    make_carrier,
    make_procedure,
    make_situation,
)


@pytest.mark.django_db
def test_by_situation_puts_confirmed_procedures_first() -> None:
    lost, broken = make_situation(), make_situation()
    unknown = make_procedure(situations=[lost, broken], state=State.UNKNOWN, source=None)
    known = make_procedure(situations=[lost])
    answers = by_situation(
        Situation.objects.all(), Procedure.objects.prefetch_related("situations")
    )
    assert [(a.situation, a.procedures, a.is_confirmed) for a in answers] == [
        (lost, [known, unknown], True),
        (broken, [unknown], False),
    ]


def seen(reader: Reader) -> list[tuple[Procedure, RouteStatus, tuple[Capability, ...], bool]]:
    """Return the routes of everything in the database, the parts that readers see."""
    found = routes(list(Procedure.objects.with_capabilities()), reader)
    return [(r.procedure, r.status, r.missing, r.is_from_here) for r in found]


@pytest.mark.django_db
def test_route_depends_until_the_reader_has_said_something() -> None:
    holder, other = make_capability(), make_capability()
    shop = make_procedure(carrier=make_carrier())
    shop.needs.add(holder)
    place = Place.HONG_KONG
    assert [
        seen(Reader(place)),
        seen(Reader(place, frozenset({other.slug}))),
        seen(Reader(place, frozenset({holder.slug}))),
    ] == [
        [(shop, RouteStatus.DEPENDS, (holder,), True)],
        [(shop, RouteStatus.CLOSED, (holder,), True)],
        [(shop, RouteStatus.OPEN, (), True)],
    ]


@pytest.mark.django_db
def test_unconfirmed_procedure_is_never_open_and_opens_nothing() -> None:
    gift = make_capability()
    carrier = make_carrier()
    unknown = make_procedure(carrier=carrier, state=State.UNKNOWN, source=None)
    unknown.gains.add(gift)
    shop = make_procedure(carrier=carrier)
    shop.needs.add(gift)
    found = {p: status for p, status, *_ in seen(Reader(Place.HONG_KONG))}
    assert found == {unknown: RouteStatus.UNCONFIRMED, shop: RouteStatus.DEPENDS}


@pytest.mark.django_db
def test_routes_come_first_aid_first_then_own_confirmed_from_here() -> None:
    carrier = make_carrier()
    general = make_procedure(from_mainland=True)
    unknown = make_procedure(carrier=carrier, state=State.UNKNOWN, source=None)
    far = make_procedure(carrier=carrier)
    here = make_procedure(carrier=carrier, from_mainland=True, state=State.REPORTED)
    aid = make_procedure(is_first_aid=True, from_mainland=True)
    order = [procedure for procedure, *_ in seen(Reader(Place.MAINLAND))]
    assert order == [aid, here, far, unknown, general]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "place", "expected"),
    [
        ({"from_mainland": True}, Place.MAINLAND, Verdict.HERE),
        ({}, Place.MAINLAND, Verdict.CROSS),
        ({}, Place.HONG_KONG, Verdict.HERE),
        ({}, None, Verdict.UNCONFIRMED),
        ({"from_hong_kong": False}, Place.MAINLAND, Verdict.UNCONFIRMED),
        ({"is_first_aid": True, "from_mainland": True}, Place.MAINLAND, Verdict.UNCONFIRMED),
        ({"state": State.UNKNOWN, "from_mainland": True}, Place.MAINLAND, Verdict.UNCONFIRMED),
        ({"carrier": None, "from_mainland": True}, Place.MAINLAND, Verdict.UNCONFIRMED),
    ],
)
def test_verdict(fields: dict[str, object], place: Place | None, expected: Verdict) -> None:
    make_procedure(**{"carrier": make_carrier()} | fields)
    found = routes(list(Procedure.objects.with_capabilities()), Reader(place))
    assert decide(found, None, Reader(place)).verdict == expected


@pytest.mark.django_db
def test_verdict_names_the_helper_and_the_working_number() -> None:
    shop = make_procedure(carrier=make_carrier())
    reader = Reader(Place.OVERSEAS)
    working = make_situation(number_works=True)
    assert decide([], working, reader) == Decision(Verdict.WORKS)
    shop.needs.add(make_capability(slug="helper"))
    found = routes(list(Procedure.objects.with_capabilities()), reader)
    assert decide(found, working, reader) == Decision(Verdict.HELPER, (shop,))


@pytest.mark.django_db
def test_stuck_when_every_confirmed_way_back_wants_the_dead_number() -> None:
    carrier = make_carrier()
    portal = make_procedure(carrier=carrier)
    portal.needs.add(make_capability(slug=NUMBER))
    make_procedure(carrier=carrier, is_first_aid=True)
    make_procedure(carrier=carrier, state=State.UNKNOWN, source=None)
    reader = Reader(Place.HONG_KONG)
    assert is_stuck(routes(list(Procedure.objects.with_capabilities()), reader))
    make_procedure(carrier=carrier)
    assert not is_stuck(routes(list(Procedure.objects.with_capabilities()), reader))


@pytest.mark.django_db
def test_the_cheapest_capability_opens_the_most_routes_alone() -> None:
    carrier = make_carrier()
    holder, copy, login = make_capability(), make_capability(), make_capability()
    for needs in ([copy], [holder], [holder], [login, copy], [login, holder]):
        make_procedure(carrier=carrier).needs.set(needs)
    reader = Reader(Place.HONG_KONG)
    found = routes(list(Procedure.objects.with_capabilities()), reader)
    assert cheapest_capability(found) == (holder, 2)
    assert cheapest_capability([]) is None


@pytest.mark.django_db
def test_no_single_capability_is_named_for_a_route_that_also_needs_the_journey() -> None:
    shop = make_procedure(carrier=make_carrier())
    shop.needs.add(make_capability())
    found = routes(list(Procedure.objects.with_capabilities()), Reader(Place.MAINLAND))
    assert cheapest_capability(found) is None


@pytest.mark.parametrize(
    ("esim", "lacks"),
    [("no", {ESIM}), ("only", {TRAY}), ("yes", set()), ("limited", set()), ("unknown", set())],
)
def test_a_phone_lacks_only_what_is_known(esim: str, lacks: set[str]) -> None:
    assert capabilities_lacking(Device(esim=esim)) == lacks
    assert capabilities_lacking(None) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lost", "closed"), [(frozenset(), {}), ({ESIM}, {"esim": ESIM}), ({TRAY}, {"plastic": TRAY})]
)
def test_what_the_phone_lacks_closes_its_routes_and_no_other(
    lost: set[str], closed: dict[str, str]
) -> None:
    carrier = make_carrier()
    for sim in Procedure.Sim:
        make_procedure(carrier=carrier, slug=sim.value, sim=sim)
        make_procedure(slug=sim.value, sim=sim, state=State.UNKNOWN, source=None)
    reader = Reader(Place.HONG_KONG, lost=frozenset(lost))
    found = routes(list(Procedure.objects.with_capabilities()), reader)
    shut = {r.procedure.slug: r.phone_lacks for r in found if r.status == RouteStatus.CLOSED}
    assert shut == closed
    assert sum(r.status == RouteStatus.CLOSED for r in found) == len(closed) * 2
    kept = {p.slug for p in decide(found, None, reader).by}
    assert kept == set(Procedure.Sim.values) - closed.keys()
