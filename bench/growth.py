"""What more content costs one page: bin/bench growth

A copy of the checkout's database gets 10, then 100 times its carriers, with their procedures, steps
and facts (MOST=1000 goes further, and takes minutes). "Uncached" is a page through Django in this
process, "finished" is looking up a page's bytes; medians of 40.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
folder = tempfile.TemporaryDirectory()
shutil.copy(ROOT / "var/guide.sqlite3", folder.name)
os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/guide.sqlite3"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esimguide.models import Carrier, Fact, Procedure, Step
from esimguide.page_cache import Finished, Key, PageCache

MOST = int(os.environ.get("MOST", "100"))
PAGES = {
    "carrier": "/zh-hant/carriers/csl/",
    "procedure": "/zh-hant/carriers/cmhk/ask/",
    "answer": "/zh-hant/answer/?carrier=cmhk&place=mainland&situation=lost-phone",
    "search": "/zh-hant/search/?q=補領",
}


def copied[M: Model](found: QuerySet[M], number: int, **parents: dict[int, int]) -> dict[int, int]:
    """Insert a copy of each row under its copied parents; return old key → new key."""
    rows = list(found)
    old = [row.pk for row in rows]
    for row in rows:
        row.pk = None
        if hasattr(row, "slug"):
            row.slug = f"{row.slug.partition('--')[0]}--{number}"
        for field, keys in parents.items():
            setattr(row, field, keys[getattr(row, field)])
    found.model.objects.bulk_create(rows)
    return dict(zip(old, (row.pk for row in rows), strict=True))


def grow(number: int) -> None:
    """Add one copy of every shipped carrier and all that hangs on it."""
    carriers = copied(Carrier.objects.exclude(slug__contains="--"), number)
    # A copied brand is its copied host's: the measured page itself stays as it is.
    for host in set(Carrier.objects.filter(host__in=carriers).values_list("host", flat=True)):
        brands = Carrier.objects.filter(pk__in=carriers.values(), host=host)
        brands.update(host=carriers[host])
    own = {"carrier__in": carriers}
    procedures = copied(Procedure.objects.filter(**own), number, carrier_id=carriers)
    for model in (Step, *(f.remote_field.through for f in Procedure._meta.local_many_to_many)):
        copied(model.objects.filter(procedure__in=procedures), number, procedure_id=procedures)
    copied(Fact.objects.filter(**own), number, carrier_id=carriers)


def median(act: Callable[..., object], *given: object) -> float:
    """Return the median time of 40 runs, in milliseconds."""
    times = []
    for _ in range(40):
        start = time.perf_counter()
        act(*given)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def queries(client: Client, address: str) -> int:
    """Return how many queries the page takes; it has to be there."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    if answer.status_code != 200:  # noqa: PLR2004
        sys.exit(f"growth: {address} answered {answer.status_code}")
    return len(found)


def finished(size: int) -> float:
    """Return the median time of one look-up among twenty pages a copy, in ms."""
    cache = PageCache(32_000_000)
    cache.move_to((1,))
    keys = [Key("", False, f"/{number}/", "", "") for number in range(size * 20)]  # noqa: FBT003
    for key in keys:
        cache.put(key, Finished([], b"page " * 50), (1,))
    return median(cache.get, keys[-1])


def main() -> None:
    """Grow the content and measure at each size."""
    client, there, first = Client(headers={"Host": "localhost"}), 1, None
    print(f"| content | finished | {' | '.join(PAGES)} | queries |")
    print("|---" * (len(PAGES) + 3) + "|")
    for size in (n for n in (1, 10, 100, 1000) if n <= MOST):
        with transaction.atomic():
            for number in range(there, size):
                grow(number)
        call_command("load_content", verbosity=0, stdout=StringIO())  # as at each start
        there = size
        asked = [str(queries(client, address)) for address in PAGES.values()]
        took = [finished(size), *(median(client.get, address) for address in PAGES.values())]
        first = first or took
        cells = [f"{t:.4g} ms ({t / f:.2f}×)" for t, f in zip(took, first, strict=True)]
        print(f"| {size}× | {' | '.join(cells)} | {', '.join(asked)} |", flush=True)


main()
folder.cleanup()
