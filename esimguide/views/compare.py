"""Compare: carriers side by side on what matters in trouble."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from esimguide.forms import parse_comparison
from esimguide.guide.comparison import Order, columns, sections
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Carrier


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the chosen carriers heading by heading; none chosen shows the choice alone."""
    carriers = list(Carrier.objects.published())
    wanted = parse_comparison(request.GET, {c.slug for c in carriers})
    if request.META["QUERY_STRING"] != wanted.query:
        return redirect(f"{reverse('compare')}?{wanted.query}".rstrip("?"))
    chosen = Carrier.objects.published().filter(slug__in=wanted.carriers).for_comparison()
    found = columns(chosen, wanted.order) if wanted.carriers else []
    context = {
        "carriers": carriers,
        "wanted": wanted,
        "orders": [(order, wanted.ordered(order)) for order in Order],
        "columns": found,
        "sections": sections(found),
    }
    return page(request, "compare/list.html", context)
