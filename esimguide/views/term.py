"""Glossary: one concept, the word of each side."""

from django.http import HttpResponse

from esimguide.guide.checklist import glossary_entries
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Term, Topic


@require_safe
def term_list(request: HttpRequest) -> HttpResponse:
    """List every term, the misleading ones first and with the topics that use them."""
    found = glossary_entries(Term.objects.all(), Topic.objects.published())
    # Here every word stands with its explanation already.
    return page(request, "term/list.html", {"entries": found, "asides": ()})
