"""Privacy: exactly what is kept of what readers write, and for how long."""

from django.http import HttpResponse

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import (
    KEEP_ADDRESS,
    KEEP_MESSAGE,
    KEEP_SPAM,
    KEEP_VOTES,
    KEEP_ZERO_RESULT_SEARCHES,
)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the table; its numbers are those that ``manage.py forget`` obeys."""
    context = {
        "message_days": KEEP_MESSAGE.days,
        "address_days": KEEP_ADDRESS.days,
        "spam_days": KEEP_SPAM.days,
        "vote_days": KEEP_VOTES.days,
        "miss_days": KEEP_ZERO_RESULT_SEARCHES.days,
    }
    return page(request, "privacy/detail.html", context)
