"""The answer for one reader's situation: a verdict, and every route, open or closed."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from esimguide.forms import AnswerChoices, AnswerQuery, parse_answer_query
from esimguide.guide.device_advice import device_advice
from esimguide.guide.routes import (
    Purpose,
    Reader,
    by_purpose,
    capabilities_lacking,
    cheapest_capability,
    decide,
    is_stuck,
    routes,
)
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import (
    Capability,
    Carrier,
    Device,
    Misconception,
    Place,
    Procedure,
    Report,
    Situation,
    Topic,
)


@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Ask the next open question, or show verdict and routes once all three are answered."""
    choices = AnswerChoices(
        carriers={c.slug: c for c in Carrier.objects.published()},
        situations={s.slug: s for s in Situation.objects.prefetch_related("takes")},
        capabilities={c.slug: c for c in Capability.objects.all()},
        devices={d.slug: d for d in _phones(request.GET.getlist("device")[-1:])},
    )
    told = parse_answer_query(request.GET, choices)
    if request.META["QUERY_STRING"] != told.query:
        return redirect(f"{reverse('answer')}?{told.query}".rstrip("?"))
    context = {"told": told, "choices": choices, "topics": Topic.objects.published().without_text()}
    if told.open_question:
        return page(request, "answer/question.html", context)
    return page(request, "answer/detail.html", context | _answer(told), fragment="routes")


def _phones(slugs: list[str]) -> Iterable[Device]:
    """Return the phones of these slugs; without a slug, nothing and no query."""
    return Device.objects.published().phones().filter(slug__in=slugs) if slugs else ()


def _answer(told: AnswerQuery) -> dict[str, object]:
    published = Procedure.objects.published().of_carrier_or_general(told.carrier)
    procedures = published.for_reader(told.situation, told.line).with_capabilities()
    lost = {c.slug for c in told.situation.takes.all()} if told.situation else set()
    reader = Reader(
        told.place, frozenset(told.ticked), frozenset(lost) | capabilities_lacking(told.device)
    )
    found = routes(list(procedures), reader)
    groups = by_purpose(found)
    decision = decide(found, told.situation, reader)
    channels = told.carrier.channels.with_evidence() if told.carrier else ()
    misconceptions = Misconception.objects.published().with_evidence()
    return {
        "groups": groups,
        "own": next((g for g in groups if g.purpose == Purpose.OWN), None),
        "verdict": decision.verdict,
        "decided_by": decision.by,
        "cheapest": cheapest_capability(found),
        "is_stuck": is_stuck(found),
        "channels": sorted(
            Report.objects.confirming(channels),
            key=lambda c: (not c.is_loss_line, told.place not in c.places),
        ),
        "misconceptions": misconceptions.met_in(
            [told.situation] if told.situation else [], told.carrier
        )[:2],
        "device_advice": device_advice(told.device, told.place) if told.device else None,
        "is_mainland": told.place == Place.MAINLAND,
    }
