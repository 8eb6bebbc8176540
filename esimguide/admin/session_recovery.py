"""An editor's text outlives the session: it goes through the sign-in and comes back, unsaved.

A form that arrives after its session has ended is answered with the sign-in page, which carries
the form's boxes along, signed. After the sign-in the form is shown again with everything in its
boxes; nothing is saved until the editor does so. Deleting and list actions are never carried.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from esimguide.admin.conflicts import HeldForm, hold_form

CARRIED = "unsaved"
FOUND = 302  # what Django answers a good sign-in with, and a missing one
SALT = "esimguide.unsaved"
LASTS = 12 * 60 * 60  # seconds
FORMS = re.compile(r"/admin/esimguide/[a-z]+/(add|\d{1,18}/change)/")
BUTTONS = {"csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_draft_simplified"}


class RestoreFormAfterLogin:
    """Carry the boxes of an editor's form from the refused request to after the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST":
            return response
        if FORMS.fullmatch(request.path) and _was_refused(request, response):
            return _ask_again(request)
        if request.path == reverse("admin:login") and response.status_code == FOUND:
            _keep(request, request.POST.get(CARRIED, ""))
        return response


def restore_form(request: HttpRequest) -> None:
    """Show the form with the boxes that were kept for this address, if there are any."""
    kept = request.session.get(CARRIED)
    if request.method == "GET" and kept and kept["path"] == request.path:
        del request.session[CARRIED]
        reason = _("Your session had ended. Your text is back, and not saved yet: look, then save.")
        hold_form(request, HeldForm(reason), QueryDict(kept["boxes"], mutable=True))


def _was_refused(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether the form came from our own page but without a session, or an old token."""
    if getattr(request, "is_forged", False):
        origin = f"{request.scheme}://{request.get_host()}"
        return request.headers.get("Origin") == origin
    login = reverse("admin:login")
    return response.status_code == FOUND and response["Location"].startswith(f"{login}?")


def _ask_again(request: HttpRequest) -> HttpResponse:
    boxes = request.POST.copy()
    for name in BUTTONS & boxes.keys():
        del boxes[name]
    carried = signing.dumps({"path": request.path, "boxes": boxes.urlencode()}, salt=SALT)
    if admin.site.has_permission(request):
        _keep(request, carried)
        return HttpResponseRedirect(request.path)
    return _sign_in_page(request, carried)


def _sign_in_page(request: HttpRequest, carried: str) -> HttpResponse:
    context: dict[str, Any] = {
        "carried": carried,
        "next": request.path,
        "app_path": f"{reverse('admin:login')}?{urlencode({'next': request.path})}",
    }
    request.method, request.POST = "GET", QueryDict()
    page: Any = admin.site.login(request, context)
    if not hasattr(page, "render"):  # only the second factor is missing: the session is there
        _keep(request, carried)
        return page  # type: ignore[no-any-return]
    page.status_code = 401
    return page.render()  # type: ignore[no-any-return]


def _keep(request: HttpRequest, carried: str) -> None:
    """Put what was carried into the session; what we did not sign is dropped."""
    try:
        request.session[CARRIED] = signing.loads(carried, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return
