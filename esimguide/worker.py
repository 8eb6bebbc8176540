"""gunicorn's worker: uvicorn, whose event loop is uvloop and whose parser is httptools."""

from typing import Any, ClassVar

from uvicorn_worker import UvicornWorker


class Worker(UvicornWorker):  # type: ignore[misc]
    """Sets what gunicorn's own settings do not reach."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "uvloop",
        "http": "httptools",
        "ws": "none",  # else each try to upgrade a connection is a warning in the log
        "server_header": False,
        "access_log": False,  # else each line is made, though nobody takes it
        # Seconds: gunicorn's graceful_timeout ends what is left after that.
        "timeout_graceful_shutdown": 14,
    }
