"""limits.py: who is counted, where, and when it is too much."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection

from esimguide.feedback.limits import Limit, client_ip, wait
from esimguide.models import RateLimitCounter

pytestmark = pytest.mark.sql

HOUR = Limit("test", 3, 3600)
ONE = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "203.0.113.5", "198.51.100.7"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 192.0.2.1", "203.0.113.5"),
        (1, "", "198.51.100.7"),
        (2, "203.0.113.5", "198.51.100.7"),
        (1, "nonsense", "198.51.100.7"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "1.2.3.4:5678", "1.2.3.4"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, " [2001:DB8::1] ", "2001:db8::1"),
        (1, '"[2001:db8::1]:443"', "2001:db8::1"),
        (1, "6.6.6.6:1,\t1.2.3.4:5678 ", "1.2.3.4"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
        (1, "[::ffff:1.2.3.4]:80", "1.2.3.4"),
        (1, "fe80::1%eth0", "fe80::1%eth0"),
        (1, "1.2.3.4:", "198.51.100.7"),
        (1, "[1.2.3.4", "198.51.100.7"),
        (1, "1.2.3.4:5:6", "198.51.100.7"),
        (1, "unknown", "198.51.100.7"),
        (1, "6.6.6.6,", "198.51.100.7"),
    ],
)
def test_address_is_what_the_outermost_own_proxy_saw(
    settings: LazySettings, proxies: int, header: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert client_ip(ONE | {"HTTP_X_FORWARDED_FOR": header}) == expected


def test_a_socket_file_has_no_address() -> None:
    assert client_ip({"REMOTE_ADDR": ""}) == ""


def tries(*metas: dict[str, str], limit: Limit = HOUR) -> list[bool]:
    """Return, one after the other, whether each was held back."""
    return [bool(wait(limit, meta)) for meta in metas]


@pytest.mark.django_db
def test_the_fourth_of_three_waits_until_the_window_ends() -> None:
    assert tries(ONE, ONE, ONE) == [False] * 3
    assert 0 < wait(HOUR, ONE) <= HOUR.seconds
    assert tries({"REMOTE_ADDR": "198.51.100.8"}) == [False]
    assert tries(ONE, limit=Limit("other", 1, 60)) == [False]


@pytest.mark.django_db
def test_a_version_6_network_is_one_sender_and_mapped_addresses_are_many() -> None:
    near = [{"REMOTE_ADDR": f"2001:db8:0:1::{n}"} for n in range(1, 5)]
    assert tries(*near) == [False, False, False, True]
    assert tries({"REMOTE_ADDR": "2001:db8:0:2::1"}) == [False]
    mapped = [{"REMOTE_ADDR": f"::ffff:198.51.100.{n}"} for n in range(1, 5)]
    assert tries(*mapped) == [False] * 4


@pytest.mark.django_db
def test_no_address_is_kept() -> None:
    wait(HOUR, ONE)
    assert re.fullmatch(r"test:\d+:[0-9a-f]{32}", RateLimitCounter.objects.get().key)


@pytest.mark.django_db
def test_nobody_is_held_back_where_nothing_can_be_counted() -> None:
    def refuse(*_: Any) -> None:
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        assert tries(ONE, ONE, ONE, ONE, ONE) == [False] * 5
