"""Changes: what changed in the guide, newest first, as a page and as an Atom feed."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from esimguide.http import HttpRequest, keep_public, page, require_safe, site_url
from esimguide.i18n import HTML_TAGS, active_language
from esimguide.models import Change

FEED_LENGTH = 50  # entries
NOON = dt.time(12)


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    return page(request, "change/list.html", {"changes": Change.objects.published().with_place()})


@require_safe
def change_feed(request: HttpRequest) -> HttpResponse:
    site, list_path = site_url(request), reverse("change_list")
    feed = Atom1Feed(
        title=gettext("Hong Kong eSIM guide: changes"),
        link=f"{site}{list_path}",
        description="",
        author_name=gettext("Hong Kong eSIM guide"),
        language=HTML_TAGS[active_language()],
        feed_url=f"{site}{request.path}",
    )
    for change in Change.objects.published().with_place()[:FEED_LENGTH]:
        path = change.place.get_absolute_url() if change.place else list_path
        feed.add_item(
            title=change.text,
            link=f"{site}{path}",
            description=change.text,
            unique_id=f"{site}{list_path}#{change.slug}",
            updateddate=timezone.make_aware(dt.datetime.combine(change.made_on, NOON)),
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
    return keep_public(response)


@require_safe
def feed_choice(request: HttpRequest) -> HttpResponse:
    """Send whoever asks for the bare feed to the one in the language they prefer."""
    response = redirect("change_feed")
    patch_vary_headers(response, ("Accept-Language",))
    return response
