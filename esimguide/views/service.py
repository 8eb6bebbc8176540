"""Getting in without the number: banks, wallets, government logins, messengers."""

from django.http import HttpResponse

from esimguide.forms import words
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Service


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """List the services whose name holds what the reader typed; all of them at first."""
    name = words(request.GET)
    context = {"name": name, "services": Service.objects.published().named(name).with_facts()}
    return page(request, "service/list.html", context, fragment="services")
