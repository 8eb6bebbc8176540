"""Counts what the database is asked."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(act: Callable[[], object]) -> int:
    """Return how many queries ``act`` makes."""
    with CaptureQueriesContext(connection) as made:
        act()
    return len(made)


def assert_do_not_grow(add: Callable[[], object], act: Callable[[], object], *, most: int) -> None:
    """Let ``act`` ask after one ``add`` and after three: as many queries, and at most ``most``."""
    add()
    few = queries(act)
    add()
    add()
    many = queries(act)
    assert few == many <= most, f"{few} queries, then {many}; at most {most}"
