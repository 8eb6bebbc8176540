"""Letting go of database connections that remember a fault.

A SQLite file opened while its disk was read-only stays so for its connection, and SQLite lets the
connections of one process share what they know of the file. So after a fault one new connection
mends nothing while an old one is left: for a minute each thread lets go of its own as soon as it
has answered, until at some moment there is none, and the next one finds the disk as it is.
"""

import time

from django.db import connection

DOUBT = 60  # seconds

_doubts_until = 0.0  # this process's clock, in seconds


def drop_connection() -> None:
    """Let go of a connection that failed, and doubt the others."""
    global _doubts_until  # noqa: PLW0603 (one number for the whole process)
    _doubts_until = time.monotonic() + DOUBT
    let_go()


def let_go() -> None:
    """Let go of this thread's connection if there is doubt; for whoever has just used it."""
    if time.monotonic() < _doubts_until and not connection.in_atomic_block:
        connection.close()
