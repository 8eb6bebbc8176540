"""A procedure, of one carrier or general: steps, all at once or one at a time, and a sheet."""

from typing import Any

from django.core import signing
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.checklist import at_a_glance, cited, numbered, to_bring
from esimguide.forms import step_number
from esimguide.http import PREVIEW_LASTS, PREVIEW_SALT, HttpRequest, page, require_safe
from esimguide.models import Channel, Fact, Procedure, Question, Requirement, Step
from esimguide.models.beside import lend, unpack
from esimguide.models.procedure import ProcedureQuerySet
from esimguide.shared import by_key

SHEETS = {
    "checklist": "procedure/checklist.html",
    "counter-sheet": "procedure/counter_sheet.html",
    "helper": "procedure/helper.html",
    "call-script": "procedure/call_script.html",
}
# What a person with a sheet of paper can use: a number to ring, an address to write or go to.
ON_PAPER = {Channel.Kind.HOTLINE, Channel.Kind.WHATSAPP, Channel.Kind.EMAIL, Channel.Kind.SHOP}


@require_safe
def procedure_detail(request: HttpRequest, carrier: str, slug: str) -> HttpResponse:
    """Show a carrier's procedure."""
    return _detail(request, _find(request, carrier__slug=carrier, slug=slug))


@require_safe
def general_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a procedure that fits any carrier."""
    return _detail(request, _find(request, carrier=None, slug=slug))


@require_safe
def procedure_sheet(request: HttpRequest, carrier: str, slug: str, sheet: str) -> HttpResponse:
    """Show a carrier's procedure as a sheet to print."""
    return _sheet(request, _find(request, carrier__slug=carrier, slug=slug), sheet)


@require_safe
def general_sheet(request: HttpRequest, slug: str, sheet: str) -> HttpResponse:
    """Show a general procedure as a sheet to print."""
    return _sheet(request, _find(request, carrier=None, slug=slug), sheet)


@require_safe
def procedure_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show any procedure as it would look to readers, to whoever was given the address."""
    try:
        pk = signing.loads(token, salt=PREVIEW_SALT, max_age=PREVIEW_LASTS)
    except signing.BadSignature as error:
        raise Http404 from error
    found = _with_all(request, Procedure.objects.all(), pk=pk)
    response = _detail(request, found, is_preview=True)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _find(request: HttpRequest, **which: str | None) -> Procedure:
    return _with_all(request, Procedure.objects.readable(), **which)


def _with_all(request: HttpRequest, among: ProcedureQuerySet, **which: str | None) -> Procedure:
    """Return the procedure with all that its pages show, in three queries; 404 if none fits."""
    steps = Prefetch("steps", Step.objects.with_keys("facts", "misconceptions"))
    full = among.with_summary().with_keys("situations", "needs", "facts")
    with_few = full.with_rows(
        requirements=Requirement.objects.all(), questions=Question.objects.published()
    )
    procedure = get_object_or_404(with_few.prefetch_related(steps), **which)
    shared = request.shared
    unpack(procedure, "requirements", document=shared.documents)
    unpack(procedure, "questions")
    facts = by_key(Fact.objects.of_procedure(procedure).with_evidence())
    lend([procedure], situations=shared.situations, needs=shared.capabilities, facts=facts)
    lend(procedure.steps.all(), facts=facts, misconceptions=shared.misconceptions)
    return procedure


def _detail(
    request: HttpRequest, procedure: Procedure, *, is_preview: bool = False
) -> HttpResponse:
    steps = numbered(procedure.steps.all())
    number = step_number(request.GET)
    if number and number > len(steps):
        raise Http404
    context = {
        **_context(request, procedure),
        "steps": steps[number - 1 : number] if number else steps,
        "number": number,
        "step_count": len(steps),
        "is_preview": is_preview,
        "step_numbers": range(1, len(steps) + 1),
        "misconceptions": request.shared.misconceptions_of(
            procedure.situations.all(), procedure.carrier
        ),
        "questions": procedure.questions.all(),
    }
    return page(request, "procedure/detail.html", context, fragment="steps")


def _sheet(request: HttpRequest, procedure: Procedure, sheet: str) -> HttpResponse:
    if sheet not in SHEETS or not procedure.is_published:
        raise Http404
    context = _context(request, procedure)
    context["channels"] = [c for c in context["channels"] if c.kind in ON_PAPER]
    context["steps"] = numbered(procedure.steps.all())
    context["sources"] = cited(procedure, context["channels"])
    context["proxy_facts"] = procedure.carrier.facts.about_proxies() if procedure.carrier else ()
    return page(request, SHEETS[sheet], context)


def _context(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    carriers, key = request.shared.carriers, procedure.carrier_id
    channels = carriers[key].channels.all() if key else ()
    return {
        "procedure": procedure,
        "glance": at_a_glance(procedure),
        "to_bring": to_bring(procedure.requirements.all()),
        "channels": channels,
    }
