"""Did this help? Counted per procedure, answer, step and language; nothing about the reader."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.forms import parse_vote
from esimguide.http import HttpRequest, accept_post, form_page
from esimguide.i18n import active_language
from esimguide.models import Procedure, Vote


@accept_post
def did_this_help(request: HttpRequest, procedure: int) -> HttpResponse:
    """Count a reader's answer and thank them; the page, or the fragment where htmx asks for it."""
    found = get_object_or_404(Procedure.objects.published().with_summary(), pk=procedure)
    if request.method != "POST":
        raise BadRequest("an answer is posted")
    answer, number = parse_vote(request.POST, found.steps.filter(is_alternative=False).count())
    Vote.objects.add(found, answer, number, active_language())
    template = "vote/thanks.html#helped" if request.htmx.target == "helped" else "vote/thanks.html"
    return form_page(request, template, {"procedure": found})
