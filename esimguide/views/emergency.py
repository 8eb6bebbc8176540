"""The first ten minutes: one screen, no question before it."""

from django.http import HttpResponse
from django.shortcuts import redirect

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Channel, Topic


@require_safe
def first_ten_minutes(request: HttpRequest) -> HttpResponse:
    context = {"channels": Channel.objects.loss_lines(), "topics": Topic.objects.published()}
    return page(request, "emergency/first_ten_minutes.html", context)


@require_safe
def short_address(request: HttpRequest, *, permanent: bool = False) -> HttpResponse:
    return redirect("first_ten_minutes", permanent=permanent)
