"""What every request passes on its way in, and every answer on its way out."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from esimguide.feedback.limits import POSTS, SIGN_IN, client_ip, wait
from esimguide.http import too_many
from esimguide.ops.logs import request_id

FIRST_ERROR = 400
SIGN_IN_PATH = "/admin/login/"


class Outermost(MiddlewareMixin):
    """Gives the request a number and the answer, whatever it is, the headers Django has no
    setting for.
    """

    def process_request(self, _request: HttpRequest) -> None:
        request_id.set(secrets.token_hex(6))

    def process_response(self, _request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add the headers. Only an error carries its number: pages may be kept by caches."""
        for name, value in settings.SAFETY_HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code >= FIRST_ERROR:
            response.headers["X-Request-ID"] = request_id.get()
        return response


class LimitPosts(MiddlewareMixin):
    """Holds back an address that posts too often; people who are signed in are not counted."""

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if request.method != "POST" or request.user.is_authenticated:
            return None
        limit = SIGN_IN if request.path.startswith(SIGN_IN_PATH) else POSTS
        seconds = wait(limit, request.META)
        return too_many(request, seconds) if seconds else None


def client_address(request: HttpRequest) -> str | None:
    """Return the sender's address for axes, which locks out a name from one address."""
    return client_ip(request.META) or None
