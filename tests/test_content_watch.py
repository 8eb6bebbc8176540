"""content_watch.py: what finished pages depend on, and what happens when it cannot be read."""

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from esimguide.content_watch import look
from esimguide.models import ContentVersion
from esimguide.page_cache import Finished, Key, PageCache
from tests.factories import make_carrier

pytestmark = pytest.mark.django_db(transaction=True)
HOME = Key("", False, "/zh-hant/", "", "")


def away(*_: object) -> None:
    raise OperationalError


def broken(*_: object) -> None:
    raise ValueError


@pytest.fixture
def cache() -> PageCache:
    cache = PageCache(1_000_000)
    cache.move_to(ContentVersion.stamp())
    cache.put(HOME, Finished([], b"home"), ContentVersion.stamp())
    return cache


def test_stamp_is_the_content_and_the_day_in_hong_kong() -> None:
    before = ContentVersion.stamp()
    make_carrier()
    after = ContentVersion.stamp()
    assert after[0] > before[0]
    assert after[1] == dt.datetime.now(timezone.get_default_timezone()).date()


def test_nothing_new_drops_nothing(cache: PageCache) -> None:
    look(cache)
    assert cache.get(HOME)


def test_edit_drops_what_was_finished_before(cache: PageCache) -> None:
    make_carrier()
    look(cache)
    assert cache.get(HOME) is None


def test_pages_stay_while_the_database_is_away(cache: PageCache) -> None:
    with connection.execute_wrapper(away):
        look(cache)
    assert cache.get(HOME)


def test_nothing_stays_when_the_version_cannot_be_trusted(cache: PageCache) -> None:
    with connection.execute_wrapper(broken):
        look(cache)
    assert (cache.get(HOME), cache.stamp) == (None, None)


def test_connection_is_kept_through_a_fault_of_the_disk(cache: PageCache) -> None:
    # Its end would remove what SQLite needs to open the file on a read-only disk.
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own")
    connection.ensure_connection()
    before = connection.connection
    with connection.execute_wrapper(away):
        look(cache)
    assert connection.connection is before
