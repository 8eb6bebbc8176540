"""gunicorn's asgi worker, which hands its readers over before it ends."""

from gunicorn.workers.gasgi import ASGIWorker

HANDING_OVER = 1.0  # seconds in which every connection in use is told to end


class Worker(ASGIWorker):  # type: ignore[misc]
    """On a reload or stop: listens no more, tells each reader with the next answer that their
    connection ends, and only then goes. The worker beneath would accept for another second, and
    close connections it has just promised to keep.
    """

    def handle_exit_signal(self) -> None:
        """Begin to hand over; ``asgi.py`` reads ``ends`` from each request's state."""
        self.state["ends"] = True
        for server in self.servers:
            server.close()
        self.loop.call_later(HANDING_OVER, super().handle_exit_signal)
