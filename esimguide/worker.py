"""gunicorn's asgi worker: it answers finished pages as their requests arrive, and hands its readers
over before it ends.
"""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

from gunicorn.asgi.protocol import ASGIProtocol
from gunicorn.workers import gasgi

HANDING_OVER = 1.0  # seconds in which every connection in use is told to end


class Plain(NamedTuple):
    """What gunicorn asks of a request before it writes the head of an answer."""

    version: tuple[int, int] = (1, 1)


class Protocol(ASGIProtocol):  # type: ignore[misc]
    """One connection. A plain request for a finished page needs no task and no second reading."""

    def data_received(self, data: bytes) -> None:
        """Answer at once where that can be, else as gunicorn does."""
        answer = self.app.at_once(data) if self._is_between_requests() else None
        if answer is None:
            super().data_received(data)
            return
        status, headers, body = answer
        self._send_response_start(status, headers, Plain())
        self._safe_write(self._response_buffer + body)
        self._arm_keepalive_timer()

    def _send_error_response(
        self, status: int, message: str, extra_headers: Iterable[tuple[str, str]] = ()
    ) -> None:
        super()._send_error_response(status, message, (*extra_headers, *self.app.safety))

    def _is_between_requests(self) -> bool:
        # Nothing of a request has come, the last answer has gone, and more may follow here.
        parser = self._callback_parser
        return (
            self._awaiting_request
            and not self._request_ready.is_set()
            and parser.method is None
            and not parser._buffer  # noqa: SLF001 (the parser says it nowhere else)
            and not self.transport.get_write_buffer_size()
            and "ends" not in self.worker.state
        )


gasgi.ASGIProtocol = Protocol  # the worker beneath names its protocol there, and asks nobody


class Worker(gasgi.ASGIWorker):  # type: ignore[misc]
    """On a reload or stop: listens no more, tells each reader with the next answer that their
    connection ends, and only then goes. The worker beneath would accept for another second, and
    close connections it has just promised to keep.
    """

    def handle_exit_signal(self) -> None:
        """Begin to hand over; ``asgi.py`` reads ``ends`` from each request's state."""
        if "ends" not in self.state:
            self.state["ends"] = True
            self._accept_no_more()
            self.loop.call_later(HANDING_OVER, super().handle_exit_signal)

    def _accept_no_more(self) -> None:
        # Not server.close(): asyncio would drop whom it has accepted a moment ago, and not yet met.
        for listener in self.sockets:
            self.loop.remove_reader(listener.sock)

    async def _shutdown(self) -> None:
        # A worker told to end while it still loads has begun to listen after that.
        self._accept_no_more()
        await asyncio.sleep(0)  # those just accepted are met
        await super()._shutdown()
