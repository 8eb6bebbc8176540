"""How gunicorn serves the guide; each line with its reason. Read by gunicorn from the checkout."""

from pathlib import Path

from gunicorn.http.errors import InvalidHeader

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
# Nobody's X-Forwarded-* is read here: Django reads what TRUSTED_PROXIES says (settings.py).
forwarded_allow_ips = ""
limit_request_fields = 60  # browsers send some 20, proxies a few more
# The same JSON lines as the guide's own; gunicorn's name senders' addresses, ours do not.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "esimguide.logs.Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}


def pre_request(worker: object, req: object) -> None:
    """Refuse a body that comes in chunks, where threads serve: no browser sends one, a proxy that
    buffers sends a length, and a broken one would get a second answer after the guide's own.
    """
    if type(worker).__name__ != "ThreadWorker":
        return  # the asgi worker reads the whole body first, and answers once
    if any(str(key).upper() == "TRANSFER-ENCODING" for key, _ in getattr(req, "headers", ())):
        name = "Transfer-Encoding"
        raise InvalidHeader(name, req=req)
