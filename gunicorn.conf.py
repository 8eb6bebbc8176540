"""How gunicorn serves the guide; each line with its reason. Read by gunicorn from the checkout."""

from pathlib import Path

wsgi_app = "esimguide.asgi"
# gunicorn's asgi worker: finished pages from one event loop, so that a slow reader holds up nobody.
worker_class = "esimguide.worker.Worker"
workers = 2  # one may restart while the other answers
asgi_loop = "asyncio"  # as quick here as uvloop, and one dependency less
http_parser = "python"  # the "fast" one cannot be installed with this gunicorn
backlog = 1024  # connections waiting for a busy worker, rather than refused
keepalive = 60  # seconds; roaming phones pay dearly for a second handshake
graceful_timeout = 15  # seconds: running requests end, unused connections are cut at last
limit_request_line = 8190  # so that an over-long query reaches our own 400 page and its words
control_socket_disable = True  # nothing here uses it
# A worker's heartbeat file: on a disk that stalls, gunicorn would take a healthy worker for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
