"""How gunicorn serves the guide; each line with its reason. Read by gunicorn from the checkout."""

import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar, override

from gunicorn.arbiter import Arbiter
from gunicorn.errors import AppImportError
from uvicorn_worker import UvicornWorker


class Worker(UvicornWorker):
    """uvicorn with its event loop and parser in C; sets what gunicorn's settings do not reach."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "uvloop",
        "http": "httptools",
        "ws": "none",  # else each try to upgrade a connection is a warning in the log
        "server_header": False,
        "access_log": False,  # else each line is made, though nobody takes it
        # Seconds: gunicorn's graceful_timeout ends what is left after that.
        "timeout_graceful_shutdown": 14,
    }

    @override
    def load_wsgi(self) -> None:
        """Load the guide. Settings that refuse to start end the master too, with status 4: by
        itself, gunicorn would start one worker after the other and none would ever answer.
        """
        try:
            super().load_wsgi()
        except SystemExit as refused:
            raise AppImportError(refused.code) from refused


def on_starting(arbiter: Arbiter) -> None:
    """Have a reload keep the old workers when the new code or settings cannot be loaded."""
    reload = arbiter.handle_hup

    def reload_if_whole() -> None:
        if problem := _problem(arbiter.cfg.chdir):
            arbiter.log.error("Not reloaded, the old workers stay: %s", problem)
        else:
            reload()

    arbiter.handle_hup = reload_if_whole


def _problem(folder: str) -> str:
    """Load everything in a process of its own; return the last line of what went wrong, or ""."""
    command = [sys.executable, "-m", "gunicorn", *sys.argv[1:], "--check-config"]
    try:
        ended = subprocess.run(  # noqa: S603 (what this process was started with)
            command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return "loading took more than a minute"
    last = ended.stderr.strip().rpartition("\n")[2]
    return f"{last} (bin/manage check says where)" if ended.returncode else ""


wsgi_app = "esimguide.asgi"
worker_class = Worker
workers = 2  # one may restart while the other answers
backlog = 1024  # connections waiting for a busy worker, rather than refused
keepalive = 75  # seconds; longer than the proxy in front keeps its connections (nginx: 60)
graceful_timeout = 15  # seconds: running requests end, unused connections are cut at last
control_socket_disable = True  # nothing here uses it
# A worker's heartbeat file: on a disk that stalls, gunicorn would take a healthy worker for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Nobody's X-Forwarded-* is read here: Django reads what TRUSTED_PROXIES says (settings.py).
forwarded_allow_ips = ""
# The same JSON lines as the guide's own; gunicorn's name senders' addresses, ours do not.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "esimguide.ops.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
