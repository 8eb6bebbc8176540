"""Glossary: one concept, the word of each side."""

from django.http import HttpResponse

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Term


@require_safe
def term_list(request: HttpRequest) -> HttpResponse:
    """List every term, the misleading ones first."""
    return page(request, "term/list.html", {"terms": Term.objects.all()})
