"""Carriers: all of them, and one with everything known and not known about it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.guide.checklist import by_theme
from esimguide.guide.routes import by_situation
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Carrier, Fact, Report, Situation, Topic


@require_safe
def carrier_list(request: HttpRequest) -> HttpResponse:
    context = {
        "carriers": Carrier.objects.published().with_host(),
        "topics": Topic.objects.published().finding_carrier(),
    }
    return page(request, "carrier/list.html", context)


@require_safe
def carrier_detail(request: HttpRequest, carrier: str) -> HttpResponse:
    found = get_object_or_404(Carrier.objects.readable().with_host(), slug=carrier)
    procedures = found.procedures.published().with_summary().prefetch_related("situations")
    context = {
        "carrier": found,
        "brands": found.brands.published(),
        "channels": Report.objects.confirming(found.channels.with_evidence()),
        "answers": by_situation(Situation.objects.all(), procedures),
        "themes": by_theme(found.facts.with_evidence(), Fact.Theme),
        "misconceptions": found.misconceptions.published().with_evidence(),
        "questions": found.questions.published(),
        "changes": found.changes.published(),
    }
    return page(request, "carrier/detail.html", context)
