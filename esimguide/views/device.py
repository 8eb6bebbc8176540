"""Devices: will this phone take a Hong Kong eSIM?"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.forms import region, words
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Device, Region


@require_safe
def device_list(request: HttpRequest) -> HttpResponse:
    """List the devices by name and by where they were sold; all of them at first."""
    name, sold_in = words(request.GET), region(request.GET)
    devices = Device.objects.published().named(name).sold_in(sold_in).with_source()
    regions = [r for r in Region if r != Region.ANY]
    context = {"name": name, "region": sold_in, "regions": regions, "devices": devices}
    return page(request, "device/list.html", context, fragment="devices")


@require_safe
def device_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is known of one device, and what that means for the reader."""
    device = get_object_or_404(Device.objects.published().with_source(), slug=slug)
    return page(request, "device/detail.html", {"device": device})
