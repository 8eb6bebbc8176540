"""The answer for one reader's situation: a verdict, and every route, open or closed."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from esimguide.forms import Asked, Choices, asked
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Device, Place, Procedure
from esimguide.models.beside import lend
from esimguide.routes import (
    Purpose,
    Reader,
    by_purpose,
    cheapest_key,
    decide,
    is_stuck,
    lacking,
    routes,
)
from esimguide.shared import Shared


@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Ask the next open question, or show verdict and routes once all three are answered."""
    shared = request.shared
    choices = Choices(
        carriers=shared.published_carriers,
        situations={s.slug: s for s in shared.situations.values()},
        capabilities={c.slug: c for c in shared.capabilities.values()},
        devices={d.slug: d for d in _phones(request.GET.getlist("device")[-1:])},
    )
    told = asked(request.GET, choices)
    if request.META["QUERY_STRING"] != told.query:
        return redirect(f"{reverse('answer')}?{told.query}".rstrip("?"))
    context = {"told": told, "choices": choices, "topics": shared.topics.values()}
    if told.open_question:
        return page(request, "answer/question.html", context)
    return page(request, "answer/detail.html", context | _answer(told, shared), fragment="routes")


def _phones(slugs: list[str]) -> Iterable[Device]:
    """Return the phones of these slugs; without a slug, nothing and no query."""
    return Device.objects.published().phones().filter(slug__in=slugs) if slugs else ()


def _answer(told: Asked, shared: Shared) -> dict[str, object]:
    published = Procedure.objects.published().of_carrier_or_general(told.carrier)
    procedures = published.for_reader(told.situation, told.line).with_capabilities()
    lend(procedures, needs=shared.capabilities, gains=shared.capabilities)
    lost = {c.slug for c in told.situation.takes.all()} if told.situation else set()
    reader = Reader(told.place, frozenset(told.have), frozenset(lost) | lacking(told.device))
    found = routes(list(procedures), reader)
    groups = by_purpose(found)
    decision = decide(found, told.situation, reader)
    channels = told.carrier.channels.all() if told.carrier else ()
    return {
        "groups": groups,
        "own": next((g for g in groups if g.purpose == Purpose.OWN), None),
        "verdict": decision.verdict,
        "decided_by": decision.by,
        "key": cheapest_key(found),
        "is_stuck": is_stuck(found),
        "channels": sorted(
            channels, key=lambda c: (not c.is_loss_line, told.place not in c.places)
        ),
        "misconceptions": shared.misconceptions_of(
            [told.situation] if told.situation else [], told.carrier
        )[:2],
        "is_mainland": told.place == Place.MAINLAND,
    }
