"""The entry that gunicorn's asgi worker serves: finished bytes, static files, and else Django.

Django runs behind its WSGI handler in a few threads (its ASGI handler costs twice the CPU). Those
threads never wait for a reader: the request's body is read before, and the answer is sent after.
"""

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")
THREADS = 2  # in each process; more only wait for one another
MAX_BODY = 5_000_000  # bytes; the largest table an editor brings in is far smaller
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))

type Scope = dict[str, Any]
type Message = dict[str, Any]
type Receive = Callable[[], Any]
type Send = Callable[[Message], Any]

handler: Any = get_wsgi_application()
django: Any = WSGIMiddleware(handler, workers=THREADS)

from whitenoise.middleware import WhiteNoiseMiddleware  # noqa: E402 (needs settings)

from esimguide.pagecache import Header, answered, find_key  # noqa: E402
from esimguide.watch import WATCH  # noqa: E402
from esimguide.wire import at_once  # noqa: E402

STATIC = WhiteNoiseMiddleware(lambda _request: None).files


SAFETY: dict[str, str] = {}  # the headers that a static file has, for answers without Django
settings.WHITENOISE_ADD_HEADERS_FUNCTION(SAFETY, "", "")


class Application:
    """What gunicorn serves. ``worker.py`` asks ``at_once`` first, and puts ``safety`` on answers
    to what is no request.
    """

    at_once = staticmethod(at_once)
    safety = tuple(SAFETY.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (or gunicorn's question whether the application is up)."""
        if scope["type"] != "http":
            await django(scope, receive, send)
            return
        WATCH.start()
        if scope.get("state", {}).get("ends"):
            send = _last(send)
        answer = _kept(scope) or _static(scope)
        if answer:
            for message in answer:
                await send(message)
        else:
            await _ask_django(scope, receive, send)


application = Application()


def _answer(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> list[Message]:
    return [
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body},
    ]


CLOSING = {"Content-Type": "text/plain", "Connection": "close", **SAFETY}
TOO_LARGE = _answer(
    413, [(n.lower().encode(), v.encode()) for n, v in CLOSING.items()], b"too large\n"
)


def _last(send: Send) -> Send:
    # This process is about to end (worker.py): the reader's next request needs a new connection.
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
        await send(message)

    return sending


# ---- without Django ------------------------------------------------------------------------------


def _header(scope: Scope) -> Header | None:
    headers = dict(scope["headers"])
    if len(headers) != len(scope["headers"]):
        return None  # a repeated header: Django joins them
    return lambda name: headers.get(name.encode(), b"").decode("latin-1")


def _kept(scope: Scope) -> list[Message] | None:
    header = _header(scope)
    if header is None or scope["root_path"]:
        return None
    query = scope["query_string"].decode("latin-1")
    key = find_key(scope["method"], scope["scheme"], scope["path"], query, header)
    found = answered(key, scope["method"], header)
    return _answer(*found) if found else None


def _static(scope: Scope) -> list[Message] | None:
    file = STATIC.get(scope["path"])
    if file is None or scope["method"] not in {"GET", "HEAD"}:
        return None
    environ = {
        f"HTTP_{name.decode().upper().replace('-', '_')}": value.decode("latin-1")
        for name, value in scope["headers"]
    }
    answer = file.get_response(scope["method"], environ)
    headers = [(n.lower().encode(), v.encode("latin-1")) for n, v in answer.headers]
    if answer.file is None:
        return _answer(answer.status, headers, b"")
    with answer.file as opened:
        return _answer(answer.status, headers, opened.read())


# ---- with Django ---------------------------------------------------------------------------------


async def _ask_django(scope: Scope, receive: Receive, send: Send) -> None:
    body = await _whole_body(receive)
    answer = TOO_LARGE if body is None else await _answered_by_django(scope, body)
    if scope["method"] == "HEAD":
        answer = [{**m, "body": b""} if "body" in m else m for m in answer]
    for message in answer:
        await send(message)


async def _whole_body(receive: Receive) -> bytes | None:
    body, more = bytearray(), True
    while more and len(body) <= MAX_BODY:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)  # a reader who has gone sends no more
    return bytes(body) if len(body) <= MAX_BODY else None


async def _answered_by_django(scope: Scope, body: bytes) -> list[Message]:
    answer: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message)

    await django(_for_wsgi(scope, len(body)), receive, send)
    return answer


def _for_wsgi(scope: Scope, length: int) -> Scope:
    # WSGI knows no chunks, and wants a query in ASCII, whatever bytes a browser put into it.
    framing = {b"content-length", b"transfer-encoding"}
    headers = [(name, value) for name, value in scope["headers"] if name not in framing]
    if length:
        headers.append((b"content-length", b"%d" % length))
    query = quote(scope["query_string"], safe=PRINTABLE).encode()
    return {**scope, "headers": headers, "query_string": query}
