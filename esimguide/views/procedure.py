"""A procedure, of one carrier or general: steps, all at once or one at a time, and a sheet."""

from typing import Any

from django.core import signing
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.forms import step_number
from esimguide.guide.checklist import at_a_glance, cited, confirmed, numbered, to_bring
from esimguide.http import PREVIEW_LASTS, PREVIEW_SALT, HttpRequest, page, require_safe
from esimguide.models import (
    Change,
    Channel,
    Fact,
    Misconception,
    Procedure,
    Question,
    Report,
    Requirement,
    Step,
)
from esimguide.models.procedure import ProcedureQuerySet

SHEETS = {
    "checklist": "procedure/checklist.html",
    "counter-sheet": "procedure/counter_sheet.html",
    "helper": "procedure/helper.html",
    "call-script": "procedure/call_script.html",
}
# What a person with a sheet of paper can use: a number to ring, an address to write or go to.
ON_PAPER = {Channel.Kind.HOTLINE, Channel.Kind.WHATSAPP, Channel.Kind.EMAIL, Channel.Kind.SHOP}


@require_safe
def procedure_detail(request: HttpRequest, slug: str, carrier: str = "") -> HttpResponse:
    """Show a carrier's procedure; without a carrier, one that fits any."""
    return _detail(request, _find(carrier, slug))


@require_safe
def procedure_sheet(request: HttpRequest, slug: str, sheet: str, carrier: str = "") -> HttpResponse:
    procedure = _find(carrier, slug)
    if sheet not in SHEETS or not procedure.is_published:
        raise Http404
    context = _context(procedure)
    context["channels"] = [c for c in context["channels"] if c.kind in ON_PAPER]
    context["steps"] = numbered(procedure.steps.all())
    context["sources"] = cited(procedure, context["channels"])
    context["proxy_facts"] = procedure.carrier.facts.about_proxies() if procedure.carrier else ()
    return page(request, SHEETS[sheet], context)


@require_safe
def procedure_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show any procedure as it would look to readers, to whoever was given the address."""
    try:
        pk = signing.loads(token, salt=PREVIEW_SALT, max_age=PREVIEW_LASTS)
    except signing.BadSignature as error:
        raise Http404 from error
    found = get_object_or_404(_with_all(Procedure.objects.all()), pk=pk)
    response = _detail(request, found, is_preview=True)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _find(carrier: str, slug: str) -> Procedure:
    owner = Q(carrier__slug=carrier) if carrier else Q(carrier=None)
    return get_object_or_404(_with_all(Procedure.objects.readable()), owner, slug=slug)


def _with_all(procedures: ProcedureQuerySet) -> ProcedureQuerySet:
    facts = Fact.objects.with_evidence()
    misconceptions = Misconception.objects.published().with_evidence()
    steps = Step.objects.prefetch_related(Prefetch("facts", facts))
    steps = steps.prefetch_related(Prefetch("misconceptions", misconceptions))
    return procedures.with_summary().prefetch_related(
        *("situations", "needs", Prefetch("facts", facts), Prefetch("steps", steps)),
        Prefetch("requirements", Requirement.objects.select_related("document")),
        Prefetch("questions", Question.objects.published()),
        Prefetch("changes", Change.objects.published()),
    )


def _detail(
    request: HttpRequest, procedure: Procedure, *, is_preview: bool = False
) -> HttpResponse:
    counts = Report.objects.filter(procedure=procedure).confirmed()
    steps = confirmed(numbered(procedure.steps.all()), counts)
    number = step_number(request.GET)
    if number and number > len(steps):
        raise Http404
    misconceptions = Misconception.objects.published().with_evidence()
    context = {
        **_context(procedure),
        "steps": steps[number - 1 : number] if number else steps,
        "number": number,
        "step_count": len(steps),
        "is_preview": is_preview,
        "step_numbers": range(1, len(steps) + 1),
        "misconceptions": misconceptions.met_in(procedure.situations.all(), procedure.carrier),
        "questions": procedure.questions.all(),
    }
    return page(request, "procedure/detail.html", context, fragment="steps")


def _context(procedure: Procedure) -> dict[str, Any]:
    channels = procedure.carrier.channels.with_evidence() if procedure.carrier else ()
    return {
        "procedure": procedure,
        "glance": at_a_glance(procedure),
        "to_bring": to_bring(procedure.requirements.all()),
        "channels": Report.objects.confirming(channels),
    }
