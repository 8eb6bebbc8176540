"""A reader's report on one statement: it was like this, or it is wrong or old."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from esimguide.feedback.forms import ReportForm
from esimguide.feedback.tasks import announce_soon
from esimguide.guide.checklist import numbered
from esimguide.http import HttpRequest, accept_post, form_page, require_safe
from esimguide.models import Channel, Fact, Procedure, Report


@accept_post
def report_fact(request: HttpRequest, fact: str) -> HttpResponse:
    found = get_object_or_404(Fact.objects.shown(), slug=fact)
    return _report(request, Report(fact=found, said=found.statement))


@accept_post
def report_channel(request: HttpRequest, carrier: str, channel: str) -> HttpResponse:
    channels = Channel.objects.shown().select_related("carrier")
    found = get_object_or_404(channels, carrier__slug=carrier, slug=channel)
    return _report(request, Report(channel=found, said=found.statement))


@accept_post
def report_step(request: HttpRequest, carrier: str, slug: str, number: int) -> HttpResponse:
    """Take a report on the step of a carrier's procedure that readers see as ``number``."""
    which = {"carrier__slug": carrier} if carrier != "general" else {"carrier": None}
    procedures = Procedure.objects.published().prefetch_related("steps")
    procedure = get_object_or_404(procedures, slug=slug, **which)
    steps = numbered(procedure.steps.all())
    if not 1 <= number <= len(steps):
        raise Http404
    said = steps[number - 1].statement
    return _report(request, Report(procedure=procedure, step_number=number, said=said))


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    return form_page(request, "report/thanks.html", {})


def _report(request: HttpRequest, report: Report) -> HttpResponse:
    is_posted = request.method == "POST"
    confirms = request.POST.get("kind") == Report.Kind.CONFIRMS
    report.kind = Report.Kind.CONFIRMS if confirms else Report.Kind.CONTRADICTS
    form = ReportForm(request.POST if is_posted else None, instance=report)
    if is_posted and Report.objects.filter(nonce=form.posted_nonce or None).exists():
        return redirect("report_thanks")
    if is_posted and form.is_valid():
        form.save()
        announce_soon()
        return redirect("report_thanks")
    context = {"form": form, "report": report, "back": _address_of(report)}
    return form_page(request, "report/form.html", context, status=422 if is_posted else 200)


def _address_of(report: Report) -> str:
    if report.fact:
        page = report.fact.get_absolute_url()
        return page if "#" in page else f"{page}#fact-{report.fact.slug}"
    if report.channel:
        return f"{report.channel.carrier.get_absolute_url()}#contact"
    assert report.procedure is not None  # noqa: S101 (one of the three, by constraint)
    return f"{report.procedure.get_absolute_url()}#step-{report.step_number}"
