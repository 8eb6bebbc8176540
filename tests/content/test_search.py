"""Search over the shipped content finds exactly what a scan finds."""

import random

import pytest
from django.db import connection

from esimguide.models import SearchEntry
from esimguide.search.normalize import fold
from esimguide.search.parse import literal_query
from esimguide.search.results import keys
from tests.scan import queries, scanned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped"), pytest.mark.sql]
COLUMNS = ("title_zh_hant", "title_zh_hans", "text_zh_hant", "text_zh_hans")
SAMPLE = 500  # queries


def test_the_real_content_is_found_as_a_scan_finds_it() -> None:
    rows = SearchEntry.objects.values_list("id", *COLUMNS)
    expected = {
        key: (fold(f"{t1}\n{t2}"), fold(f"{x1}\n{x2}")) for key, t1, t2, x1, x2 in rows.iterator()
    }
    assert len(expected) > 1000
    typed = queries((t1 + "\n" + x1, t2 + "\n" + x2) for _, t1, t2, x1, x2 in rows)
    if connection.vendor == "postgresql":
        # The tokens are the same on both, and every letter of them is sought on SQLite.
        typed = random.Random(2).sample(typed, SAMPLE)  # noqa: S311 (no secret)
    assert [q for q in typed if keys(literal_query(q)) != scanned(expected, q)] == []
