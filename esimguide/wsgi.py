"""The WSGI entry, for hosts that want one; ``bin/serve`` starts the ASGI one."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")
django = get_wsgi_application()

from esimguide.pagecache import environ_header, environ_key, look_up  # noqa: E402 (needs settings)
from esimguide.watch import WATCH  # noqa: E402

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer with finished bytes; else let Django answer."""
    WATCH.start()
    found = look_up(environ_key(environ), environ_header(environ))
    if found is None:
        return django(environ, start_response)
    page, is_known = found
    headers = page.unchanged if is_known else page.headers
    status = "304 Not Modified" if is_known else "200 OK"
    start_response(status, [(n.decode(), v.decode("latin-1")) for n, v in headers])
    return [] if is_known or environ["REQUEST_METHOD"] == "HEAD" else [page.body]
