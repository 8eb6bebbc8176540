"""rate_limit.py: counting."""

import datetime as dt

import pytest
from django.utils import timezone

from esimguide.models import RateLimitCounter

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_counts_by_key() -> None:
    counted = [RateLimitCounter.objects.add_one(key, seconds=60) for key in ("a", "a", "b", "a")]
    assert counted == [1, 2, 1, 3]


def test_a_new_count_sweeps_away_those_whose_time_is_over() -> None:
    RateLimitCounter.objects.create(key="old", ends_at=timezone.now() - dt.timedelta(seconds=1))
    RateLimitCounter.objects.add_one("new", seconds=60)
    assert list(RateLimitCounter.objects.values_list("key", flat=True)) == ["new"]
