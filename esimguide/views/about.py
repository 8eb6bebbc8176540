"""About: who writes this, how facts are checked, and how much is not known."""

from django.http import HttpResponse

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Fact


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return page(
        request, "about.html", {"shares": Fact.objects.shares(), "total": Fact.objects.count()}
    )
