"""What gunicorn serves: finished pages from the event loop, and else Django in threads.

Django runs behind its WSGI handler, since its ASGI handler costs twice the CPU. Its threads never
wait for a reader: the request's body is read before, and what is to be sent is queued.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings

from esimguide.wsgi import application as wsgi  # first: it sets Django up

# isort: split
from esimguide.content_watch import start_watching
from esimguide.page_cache import CACHE, Header, find_key

THREADS = 2  # in each process; more only wait for one another
MAX_BODY = 5_000_000  # bytes; the largest table an editor brings in is far smaller
TOO_LARGE = (413, [(b"content-type", b"text/plain"), (b"connection", b"close")], b"too large\n")

type Scope = dict[str, Any]
type Message = dict[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

import_module(settings.ROOT_URLCONF)  # a fault in a view ends the start, not each request
handler: Any = wsgi
django: Any = WSGIMiddleware(handler, workers=THREADS, send_queue_size=0)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request; the server also tells when the process starts and ends (lifespan)."""
    if scope["type"] == "lifespan":
        start_watching()
    if scope["type"] != "http":
        await django(scope, receive, send)
    elif not await _send_finished(scope, send):
        await _ask_django(scope, receive, send)


async def _send_finished(scope: Scope, send: Send) -> bool:
    header = _header(scope)
    if header is None:
        return False
    query = scope["query_string"].decode("latin-1")
    key = find_key(scope["method"], scope["scheme"], scope["path"], query, header)
    page = CACHE.get(key) if key else None
    if page:
        await _send(send, *page.answer(header))
    return page is not None


def _header(scope: Scope) -> Header | None:
    headers = dict(scope["headers"])
    if len(headers) != len(scope["headers"]):
        return None  # a repeated header: Django joins them
    return lambda name: headers.get(name.encode(), b"").decode("latin-1")


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _ask_django(scope: Scope, receive: Receive, send: Send) -> None:
    body, is_whole = bytearray(), False
    while not is_whole:
        message = await receive()
        body += message.get("body", b"")
        is_whole = not message.get("more_body")
        if message["type"] == "http.disconnect":
            return
        if len(body) > MAX_BODY:
            await _send(send, *TOO_LARGE)
            return

    async def receive_body() -> Message:
        return {"type": "http.request", "body": bytes(body)}

    await django(scope, receive_body, send)
