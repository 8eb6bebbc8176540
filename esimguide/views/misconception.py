"""Misconceptions: each claim beside its correction."""

from django.http import HttpResponse

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Misconception


@require_safe
def misconception_list(request: HttpRequest) -> HttpResponse:
    misconceptions = Misconception.objects.published().with_evidence()
    return page(request, "misconception/list.html", {"misconceptions": misconceptions})
