"""What more content costs one page: bin/bench growth

A copy of the checkout's database gets 10, then 100 times its carriers, with their procedures, steps
and facts (MOST=1000 goes further, and takes minutes). "Uncached" is one carrier's page through
Django in this process, "finished" is looking up its bytes; medians of 40.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
folder = tempfile.TemporaryDirectory()
shutil.copy(ROOT / "var/guide.sqlite3", folder.name)
os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/guide.sqlite3"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")

import django

django.setup()

from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esimguide.models import Carrier, Fact, Procedure, Step
from esimguide.pagecache import Finished, Key, PageCache

MOST = int(os.environ.get("MOST", "100"))
PAGE = "/zh-hant/carriers/csl/"


def copied[M: models.Model](
    rows: list[M], number: int, **parents: dict[int, int]
) -> dict[int, int]:
    """Insert a copy of each row under its copied parents; return old key → new key."""
    old = [row.pk for row in rows]
    for row in rows:
        row.pk = None
        if hasattr(row, "slug"):
            row.slug = f"{row.slug.partition('--')[0]}--{number}"
        for field, keys in parents.items():
            setattr(row, field, keys[getattr(row, field)])
    new = type(rows[0]).objects.bulk_create(rows)
    return dict(zip(old, (row.pk for row in new), strict=True))


def grow(number: int) -> None:
    """Add one copy of every shipped carrier and all that hangs on it."""
    carriers = copied(list(Carrier.objects.exclude(slug__contains="--")), number)
    # A copied brand is its copied host's: the measured page itself stays as it is.
    for host in set(Carrier.objects.filter(host__in=carriers).values_list("host", flat=True)):
        brands = Carrier.objects.filter(pk__in=carriers.values(), host=host)
        brands.update(host=carriers[host])
    own = {"carrier__in": carriers}
    procedures = copied(list(Procedure.objects.filter(**own)), number, carrier_id=carriers)
    copied(list(Step.objects.filter(procedure__in=procedures)), number, procedure_id=procedures)
    copied(list(Fact.objects.filter(**own)), number, carrier_id=carriers)


def median(act: Callable[[], object]) -> float:
    """Return the median time of 40 runs, in milliseconds."""
    times = []
    for _ in range(40):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Grow the content and measure at each size."""
    client, cache, there = Client(headers={"Host": "localhost"}), PageCache(32_000_000), 1
    cache.move_to((1,))
    first: tuple[float, float] | None = None
    print("| content | uncached ms | finished µs | queries |\n|---|---|---|---|")
    for size in (1, 10, 100, 1000):
        if size > MOST:
            break
        with transaction.atomic():
            for number in range(there, size):
                grow(number)
        there = size
        for number in range(size * 20):
            page = Finished([], b"page " * 50)
            cache.put(Key("", False, f"/{number}/", "", ""), page, (1,))  # noqa: FBT003
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(PAGE)
        count = len(queries)  # the next request forgets them
        if answer.status_code != 200:  # noqa: PLR2004
            sys.exit(f"growth: {PAGE} answered {answer.status_code}")
        body = answer.content
        uncached = median(lambda: client.get(PAGE))
        cache.put(Key("", False, PAGE, "", ""), Finished([], body), (1,))  # noqa: FBT003
        finished = median(lambda: cache.get(Key("", False, PAGE, "", ""))) * 1000  # noqa: FBT003
        first = first or (uncached, finished)
        ratio = f"{uncached:.1f} ({uncached / first[0]:.2f}×)"
        print(f"| {size}× | {ratio} | {finished:.1f} ({finished / first[1]:.2f}×) | {count} |")


main()
folder.cleanup()
