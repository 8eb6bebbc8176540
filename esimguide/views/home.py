"""The first page: the emergency line, then the ways in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Carrier, Procedure, Topic


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "carriers": Carrier.objects.published().with_host(),
        "procedures": Procedure.objects.published().general(),
        "topics": Topic.objects.published().without_text(),
    }
    return page(request, "home.html", context)


@require_safe
def language_choice(request: HttpRequest) -> HttpResponse:
    """Send a reader of the bare address to the language their browser prefers, this once."""
    response = redirect("home")
    patch_vary_headers(response, ("Accept-Language",))
    return response
