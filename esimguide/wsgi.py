"""The WSGI entry, for hosts that want one; ``bin/serve`` starts the ASGI one."""

import os
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")
django = get_wsgi_application()

from esimguide.pagecache import answered, environ_header, environ_key  # noqa: E402 (needs settings)
from esimguide.watch import WATCH  # noqa: E402

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer with finished bytes; else let Django answer."""
    WATCH.start()
    method = environ["REQUEST_METHOD"]
    found = answered(environ_key(environ), method, environ_header(environ))
    if found is None:
        return django(environ, start_response)
    status, headers, body = found
    line = f"{status} {HTTPStatus(status).phrase}"
    start_response(line, [(n.decode(), v.decode("latin-1")) for n, v in headers])
    return [body] if body else []
