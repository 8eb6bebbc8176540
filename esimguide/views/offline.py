"""What readers have without a network: the pages that their own browser keeps."""

import json

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, override

from esimguide.http import HttpRequest, page, require_safe
from esimguide.i18n import HTML_TAGS
from esimguide.inline_assets import static_text

MOST = 60  # pages that a browser keeps; 10 to 90 KB each
A_DAY = 24 * 60 * 60  # seconds; browsers look no later for a newer one


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps pages, with its sentences in both languages.

    It stands at the root because a browser lets it see only what is beneath its own address.
    """
    words = json.dumps({language: _words(language) for language in HTML_TAGS})
    worker = static_text("js/offline.js")
    script = f"const MOST = {MOST};\nconst WORDS = {words};\n{worker}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, public=True, max_age=A_DAY)
    return response


def _words(language: str) -> dict[str, str]:
    with override(language):
        return {
            "locale": HTML_TAGS[language],
            "none": gettext("This guide cannot be reached"),
            "copy": gettext("You see the copy of {when}. The page may have changed since."),
            "missing": gettext("The page you want is not kept on this phone."),
            "these": gettext("Pages kept on this phone:"),
        }


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    return page(request, "offline/saved.html", {"most": MOST})
