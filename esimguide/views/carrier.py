"""Carriers: all of them, and one with everything known and not known about it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.checklist import by_theme
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Carrier, Change, Fact, Question, Topic
from esimguide.models.beside import lend, unpack
from esimguide.routes import by_situation


@require_safe
def carrier_list(request: HttpRequest) -> HttpResponse:
    """List every carrier with its host network."""
    context = {
        "carriers": Carrier.objects.published().with_host(),
        "topics": Topic.objects.published().finding_carrier(),
    }
    return page(request, "carrier/list.html", context)


@require_safe
def carrier_detail(request: HttpRequest, carrier: str) -> HttpResponse:
    """Show one carrier: how to reach it, what to do in each situation, every fact."""
    shared = request.shared
    with_few = Carrier.objects.readable().with_rows(
        questions=Question.objects.published(), changes=Change.objects.published()
    )
    found = get_object_or_404(with_few, slug=carrier)
    unpack(found, "questions")
    unpack(found, "changes")
    procedures = found.procedures.published().with_summary().with_keys("situations")
    lend(procedures, situations=shared.situations)
    context = {
        "carrier": shared.carriers[found.pk],
        "brands": shared.brands(found),
        "channels": shared.carriers[found.pk].channels.all(),
        "answers": by_situation(shared.situations.values(), procedures),
        "themes": by_theme(found.facts.with_evidence(), Fact.Theme),
        "misconceptions": shared.misconceptions_about(found),
        "questions": found.questions.all(),
        "changes": found.changes.all(),
    }
    return page(request, "carrier/detail.html", context)
