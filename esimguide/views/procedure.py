"""A procedure, of one carrier or general: steps, all at once or one at a time, and a sheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.checklist import numbered, to_bring
from esimguide.forms import step_number
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Misconception, Procedure


@require_safe
def procedure_detail(request: HttpRequest, carrier: str, slug: str) -> HttpResponse:
    """Show a carrier's procedure."""
    return _detail(request, _find(carrier__slug=carrier, slug=slug))


@require_safe
def general_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a procedure that fits any carrier."""
    return _detail(request, _find(carrier=None, slug=slug))


@require_safe
def procedure_checklist(request: HttpRequest, carrier: str, slug: str) -> HttpResponse:
    """Show a carrier's procedure as a sheet to print."""
    return _checklist(request, _find(carrier__slug=carrier, slug=slug))


@require_safe
def general_checklist(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a general procedure as a sheet to print."""
    return _checklist(request, _find(carrier=None, slug=slug))


def _find(**which: str | None) -> Procedure:
    return get_object_or_404(Procedure.objects.published().with_steps(), **which)


def _detail(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    steps = numbered(procedure.steps.all())
    number = step_number(request.GET)
    if number and number > len(steps):
        raise Http404
    context = {
        **_context(procedure),
        "steps": steps[number - 1 : number] if number else steps,
        "number": number,
        "step_count": len(steps),
        "misconceptions": Misconception.objects.for_procedure(procedure),
        "questions": procedure.questions.published(),
    }
    return page(request, "procedure/detail.html", context, fragment="steps")


def _checklist(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    context = {**_context(procedure), "steps": numbered(procedure.steps.all())}
    return page(request, "procedure/checklist.html", context)


def _context(procedure: Procedure) -> dict[str, object]:
    channels = procedure.carrier.channels.with_evidence() if procedure.carrier else ()
    return {
        "procedure": procedure,
        "to_bring": to_bring(procedure.requirements.all()),
        "channels": channels,
    }
