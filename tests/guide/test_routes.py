"""routes.py: which procedures answer which situation, and which routes are open for whom."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esimguide.guide.routes import (
    ESIM,
    NUMBER,
    TRAY,
    Decision,
    Openness,
    Reachability,
    Reader,
    RouteNode,
    Verdict,
    by_situation,
    cheapest_key,
    decide,
    is_deadlock,
    is_stuck,
    lacking,
    reachability,
    routes,
)
from esimguide.models import Capability, Device, Place, Procedure, Situation, State
from tests.factories import (
    make_capability,
    make_carrier,
    make_procedure,
    make_situation,
)

THINGS = st.frozensets(st.sampled_from("abcdef"), max_size=4)
WAYS = st.lists(
    st.builds(RouteNode, key=st.integers(), needs=THINGS, gives=THINGS), max_size=12
).map(lambda ways: [replace(way, key=key) for key, way in enumerate(ways)])


def reachable(ways: list[RouteNode], have: frozenset[str]) -> frozenset[str]:
    """Everything a reader can come to hold, by trying every way again and again."""
    held = have
    for _ in ways:
        for way in ways:
            if way.needs <= held:
                held |= way.gives
    return held


@given(WAYS, THINGS)
def test_a_way_is_open_exactly_when_its_needs_can_be_had(
    ways: list[RouteNode], have: frozenset[str]
) -> None:
    held = reachable(ways, have)
    found = reachability(ways, have)
    assert [o.way for o in found] == ways
    assert [(o.is_open, o.missing) for o in found] == [
        (w.needs <= held, w.needs - held) for w in ways
    ]


@given(WAYS, THINGS)
def test_going_what_comes_first_really_opens_a_way(
    ways: list[RouteNode], have: frozenset[str]
) -> None:
    for opening in reachability(ways, have):
        held = set(have)
        for key in opening.first:
            assert ways[key].needs - held <= opening.missing
            if ways[key].needs <= held:
                held |= ways[key].gives
        assert opening.way.needs - held == opening.missing


@given(WAYS, THINGS, THINGS)
def test_more_capabilities_never_close_a_way(
    ways: list[RouteNode], have: frozenset[str], more: frozenset[str]
) -> None:
    before, after = reachability(ways, have), reachability(ways, have | more)
    assert all(b.is_open <= a.is_open for b, a in zip(before, after, strict=True))


@given(WAYS, THINGS)
def test_the_same_input_gives_the_same_output(ways: list[RouteNode], have: frozenset[str]) -> None:
    assert reachability(ways, have) == reachability(list(ways), frozenset(have))


def test_a_chain_is_found_in_its_order() -> None:
    ways = [
        RouteNode(3, frozenset("b"), frozenset("c")),
        RouteNode(2, frozenset("a"), frozenset("b")),
        RouteNode(1, frozenset(), frozenset("a")),
    ]
    assert [o.first for o in reachability(ways, frozenset())] == [(1, 2), (1,), ()]


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([], False),
        ([RouteNode(1, frozenset({NUMBER}))], True),
        (
            [
                RouteNode(1, frozenset("a"), frozenset("b")),
                RouteNode(2, frozenset("b"), frozenset("a")),
            ],
            True,
        ),
        ([RouteNode(1, frozenset({NUMBER})), RouteNode(2)], False),
        ([RouteNode(1, frozenset({NUMBER})), RouteNode(2, frozenset("a"))], False),
    ],
)
def test_deadlock(ways: list[RouteNode], *, expected: bool) -> None:
    assert is_deadlock(reachability(ways, frozenset())) is expected


def test_an_opening_without_missing_needs_is_open() -> None:
    assert Reachability(RouteNode(1), (), frozenset()).is_open


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


def seen(reader: Reader) -> list[tuple[Procedure, Openness, tuple[Capability, ...], bool]]:
    """Return the routes of everything in the database, the parts that readers see."""
    found = routes(list(Procedure.objects.with_capabilities()), reader)
    return [(r.procedure, r.openness, r.missing, r.is_from_here) for r in found]


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
        [(shop, Openness.DEPENDS, (holder,), True)],
        [(shop, Openness.CLOSED, (holder,), True)],
        [(shop, Openness.OPEN, (), True)],
    ]


@pytest.mark.django_db
def test_unconfirmed_procedure_is_never_open_and_opens_nothing() -> None:
    gift = make_capability()
    carrier = make_carrier()
    unknown = make_procedure(carrier=carrier, state=State.UNKNOWN, source=None)
    unknown.gains.add(gift)
    shop = make_procedure(carrier=carrier)
    shop.needs.add(gift)
    found = {p: openness for p, openness, *_ in seen(Reader(Place.HONG_KONG))}
    assert found == {unknown: Openness.UNCONFIRMED, shop: Openness.DEPENDS}


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
def test_the_cheapest_key_opens_the_most_routes_alone() -> None:
    carrier = make_carrier()
    holder, copy, login = make_capability(), make_capability(), make_capability()
    for needs in ([copy], [holder], [holder], [login, copy], [login, holder]):
        make_procedure(carrier=carrier).needs.set(needs)
    reader = Reader(Place.HONG_KONG)
    found = routes(list(Procedure.objects.with_capabilities()), reader)
    assert cheapest_key(found) == (holder, 2)
    assert cheapest_key([]) is None


@pytest.mark.django_db
def test_no_single_key_is_named_for_a_route_that_also_needs_the_journey() -> None:
    shop = make_procedure(carrier=make_carrier())
    shop.needs.add(make_capability())
    found = routes(list(Procedure.objects.with_capabilities()), Reader(Place.MAINLAND))
    assert cheapest_key(found) is None


@pytest.mark.parametrize(
    ("esim", "lacks"),
    [("no", {ESIM}), ("only", {TRAY}), ("yes", set()), ("limited", set()), ("unknown", set())],
)
def test_a_phone_lacks_only_what_is_known(esim: str, lacks: set[str]) -> None:
    assert lacking(Device(esim=esim)) == lacks
    assert lacking(None) == set()


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
    shut = {r.procedure.slug: r.phone_lacks for r in found if r.openness == Openness.CLOSED}
    assert shut == closed
    assert sum(r.openness == Openness.CLOSED for r in found) == len(closed) * 2
    kept = {p.slug for p in decide(found, None, reader).by}
    assert kept == set(Procedure.Sim.values) - closed.keys()
