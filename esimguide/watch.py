"""Watches the content version, so that an edit is live in every process within moments."""

import logging
import threading
import time

from django.db import DatabaseError, close_old_connections, connection

from esimguide.mending import let_go
from esimguide.models import ContentVersion
from esimguide.pagecache import CACHE, PageCache

PAUSE = 0.15  # seconds between two looks: an edit is seen within a fifth of one
log = logging.getLogger(__name__)


def look(cache: PageCache) -> None:
    """Bring the cache up to date; while the database is away, what it holds stays valid."""
    try:
        close_old_connections()
        cache.move_to(ContentVersion.stamp())
        let_go()
    except DatabaseError:
        connection.close()
    except Exception:
        cache.move_to(None)  # nothing kept is safer than something stale
        log.exception("the content version could not be read")


class Watch:
    """One thread a process, started by the first request, since threads do not survive a fork."""

    def __init__(self, cache: PageCache) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start watching, unless this process watches already."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            look(self._cache)
            self._cache.shrink_one()
            time.sleep(PAUSE)


WATCH = Watch(CACHE)
