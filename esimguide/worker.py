"""gunicorn's asgi worker, which hands its readers over before it ends."""

import asyncio

from gunicorn.workers.gasgi import ASGIWorker

HANDING_OVER = 1.0  # seconds in which every connection in use is told to end


class Worker(ASGIWorker):  # type: ignore[misc]
    """On a reload or stop: listens no more, tells each reader with the next answer that their
    connection ends, and only then goes. The worker beneath would accept for another second, and
    close connections it has just promised to keep.
    """

    def handle_exit_signal(self) -> None:
        """Begin to hand over; ``asgi.py`` reads ``ends`` from each request's state."""
        if not self.state.get("ends"):
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
