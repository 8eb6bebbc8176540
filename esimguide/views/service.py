"""Getting in without the number: banks, wallets, government logins, messengers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.forms import filter_text
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Service


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    name = filter_text(request.GET)
    services = Service.objects.published().named(name).with_evidence()
    context = {"name": name, "services": services}
    return page(request, "service/list.html", context, fragment="services")


@require_safe
def service_detail(request: HttpRequest, slug: str) -> HttpResponse:
    service = get_object_or_404(Service.objects.readable().with_evidence(), slug=slug)
    context = {
        "service": service,
        "facts": service.facts.with_evidence(),
        "changes": service.changes.published(),
    }
    return page(request, "service/detail.html", context)
