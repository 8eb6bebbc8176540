"""Search: what a reader typed, in either script, to a list of hits and a way on."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from esimguide.feedback.limits import SEARCH
from esimguide.forms import search_text
from esimguide.http import HttpRequest, limited, page, require_safe
from esimguide.models import Carrier, ZeroResultSearch
from esimguide.search.index import spaced
from esimguide.search.results import find


@require_safe
@limited(SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show the hits; a settled query that no entry holds whole is counted for the editors."""
    words, is_cut = search_text(request.GET)
    found = find(words)
    is_missed = bool(spaced(words)) and (found.is_loose or not found.total)
    if is_missed and not request.htmx:
        ZeroResultSearch.objects.count_one(spaced(words))
    context = {
        "words": words,
        "is_cut": is_cut,
        "found": found,
        "carriers": () if found.total or not words else Carrier.objects.published(),
    }
    response = page(request, "search/list.html", context, fragment="hits")
    if is_missed:
        patch_cache_control(response, private=True)  # the next reader's miss counts too
    return response
