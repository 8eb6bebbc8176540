"""Getting in without the number: banks, wallets, government logins, messengers."""

from django.db.models import Prefetch
from django.http import HttpResponse

from esimguide.forms import words
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Change, Service


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """List the services whose name holds what the reader typed; all of them at first."""
    name = words(request.GET)
    services = Service.objects.published().named(name).with_facts()
    changed = services.prefetch_related(Prefetch("changes", Change.objects.published()))
    context = {"name": name, "services": changed}
    return page(request, "service/list.html", context, fragment="services")
