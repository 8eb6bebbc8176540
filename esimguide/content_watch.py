"""Watches the content version, so that an edit is live in every process within moments."""

import logging
import threading
import time

from django.db import DatabaseError, connection

from esimguide.models import ContentVersion
from esimguide.page_cache import CACHE, PageCache

PAUSE = 0.15  # seconds between two looks: an edit is seen within a fifth of one
log = logging.getLogger(__name__)


def look(cache: PageCache) -> None:
    """Bring the cache up to date; while the database is away, what it holds stays valid.

    The connection is kept for as long as the process lives. When SQLite's last connection closes
    it removes the -wal and -shm files, without which a database on a read-only disk cannot be
    opened at all.
    """
    try:
        cache.move_to(ContentVersion.stamp())
    except DatabaseError:
        if not connection.is_usable():  # PostgreSQL went away
            connection.close()
    except Exception:
        cache.move_to(None)  # nothing kept is safer than something stale
        log.exception("the content version could not be read")


def start_watching() -> None:
    """Watch for as long as the process lives; call it once, in the process that serves."""
    threading.Thread(target=_watch, name="watch", daemon=True).start()


def _watch() -> None:
    while True:
        look(CACHE)
        CACHE.compress_one()
        time.sleep(PAUSE)
