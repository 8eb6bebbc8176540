"""Changes: what changed in the guide, newest first."""

from django.http import HttpResponse

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Change


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """List every public change note."""
    return page(request, "change/list.html", {"changes": Change.objects.published().with_place()})
