"""Every possible answer over the shipped content: a verdict, a way on, nobody else's procedure."""

import re
from itertools import product

import pytest
from django.http import QueryDict
from django.test import Client

from esimguide.forms import UNKNOWN, AnswerChoices, AnswerQuery, parse_answer_query
from esimguide.guide.routes import Reader, Route, cheapest_capability, decide, is_stuck, routes
from esimguide.models import Capability, Carrier, Place, PlanType, Procedure, Situation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

WAY_ON = re.compile(r'class="routes__none">[^<]+<a href="/zh-hans/carriers/')
LINK = re.compile(r'class="card__link" href="/zh-hans/(carriers/([^/"]+)|general)/')
LINES = ("", "&line=postpaid", "&line=prepaid")


def choices() -> AnswerChoices:
    """Return everything that can be chosen in the shipped content but a phone."""
    return AnswerChoices(
        carriers={c.slug: c for c in Carrier.objects.published()},
        situations={s.slug: s for s in Situation.objects.prefetch_related("takes")},
        capabilities={c.slug: c for c in Capability.objects.all()},
        devices={},
    )


def found_for(told: AnswerQuery, known: dict[tuple[object, ...], list[Procedure]]) -> list[Route]:
    """Return the routes of one answer; ``known`` keeps what the place makes no difference to."""
    key = (told.carrier, told.situation, told.line)
    if key not in known:
        published = Procedure.objects.published().of_carrier_or_general(told.carrier)
        asked_for = published.for_reader(told.situation, told.line).with_capabilities()
        known[key] = list(asked_for.prefetch_related("needs", "gains").select_related("carrier"))
    return routes(known[key], reader_of(told))


def reader_of(told: AnswerQuery) -> Reader:
    """Return the reader who has told this, and nothing of what they have."""
    lost = {c.slug for c in told.situation.takes.all()} if told.situation else set()
    return Reader(told.place, frozenset(), frozenset(lost))


def kind_of(told: AnswerQuery, found: list[Route]) -> tuple[object, ...]:
    """Return all that the templates tell answers apart by."""
    decision = decide(found, told.situation, reader_of(told))
    stand = {(r.purpose, r.status, r.is_from_here) for r in found}
    lines = frozenset(procedure.line for procedure in decision.by)
    some = (
        told.carrier is None,
        told.situation is None,
        is_stuck(found),
        bool(cheapest_capability(found)),
    )
    return (decision.verdict, told.place, lines, some, frozenset(stand))


def test_every_combination_has_a_verdict_and_a_way_on() -> None:
    assert {f"&line={x}" for x in PlanType if x != PlanType.ANY} == set(LINES[1:])
    every, known, kinds = choices(), {}, {}
    combinations = product(
        [*every.carriers, UNKNOWN], [*every.situations, UNKNOWN], [*Place.values, UNKNOWN], LINES
    )
    for carrier, situation, place, line in combinations:
        query = f"carrier={carrier}{line}&place={place}&situation={situation}"
        told = parse_answer_query(QueryDict(query), every)
        assert told.query == query
        assert not told.open_question, query
        found = found_for(told, known)
        owners = {r.procedure.carrier.slug for r in found if r.procedure.carrier}
        assert owners <= {carrier}, query
        kinds.setdefault(kind_of(told, found), (query, carrier, found))
    client = Client()
    for query, carrier, found in kinds.values():
        response = client.get(f"/zh-hans/answer/?{query}")
        assert response.status_code == 200, query
        html = response.content.decode()
        assert re.search(r'<h1 class="verdict verdict--\w+">\s*\S', html), query
        owners = {owner for _, owner in LINK.findall(html)}
        assert LINK.search(html) or WAY_ON.search(html), query
        assert owners <= {carrier, ""}, query
        assert len(LINK.findall(html)) == len(found), query
