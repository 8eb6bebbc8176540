"""Getting in without the number: banks, wallets, government logins, messengers."""

from django.http import HttpResponse

from esimguide.forms import words
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Change, Service
from esimguide.models.beside import unpack


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """List the services whose name holds what the reader typed; all of them at first."""
    name = words(request.GET)
    found = Service.objects.published().named(name).with_facts()
    services = found.with_rows(changes=Change.objects.published())
    for service in services:
        unpack(service, "changes")
    context = {"name": name, "services": services}
    return page(request, "service/list.html", context, fragment="services")
