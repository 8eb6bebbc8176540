"""Documents: every paper and thing, and which procedures ask for it."""

from django.http import HttpResponse

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Requirement


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    documents = Requirement.objects.of_published().by_document()
    return page(request, "document/list.html", {"documents": documents})
