"""Devices: will this phone take a Hong Kong eSIM?"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.forms import filter_text, parse_region
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Device, Region, Topic


@require_safe
def device_list(request: HttpRequest) -> HttpResponse:
    """List the devices by name and by where they were sold; all of them at first.

    Models that are known only as sold elsewhere are listed apart, so that nobody takes them for
    their own.
    """
    name, sold_in = filter_text(request.GET), parse_region(request.GET)
    named = Device.objects.published().named(name)
    context = {
        "name": name,
        "region": sold_in,
        "regions": [r for r in Region if r != Region.ANY],
        "brands": Device.Brand,
        "devices": named.sold_in(sold_in),
        "elsewhere": named.only_elsewhere(sold_in),
        "topics": Topic.objects.published().about_devices(),
    }
    return page(request, "device/list.html", context, fragment="devices")


@require_safe
def device_detail(request: HttpRequest, slug: str) -> HttpResponse:
    devices = Device.objects.published()
    device = get_object_or_404(Device.objects.readable().with_source(), slug=slug)
    context = {
        "device": device,
        "changes": device.changes.published(),
        "same_model": devices.same_model(device),
        "topics": Topic.objects.published().about_devices(),
    }
    return page(request, "device/detail.html", context)
