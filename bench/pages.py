"""Bytes and queries of every kind of page: bin/bench pages

Pages come from Django in this process, over the checkout's own database. First flight: the status
line, headers and body of the page, brotli 11, all styles inside. First visit: that and all scripts.
"""

import os
from itertools import groupby
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")

import django

django.setup()

import brotli
from bs4 import BeautifulSoup
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils.translation import override

from esimguide.models import Carrier, Situation
from esimguide.sitemaps import SITEMAPS

FLIGHT = 14_000  # bytes: ten segments of TCP, less what TLS takes
SERVER_LINES = 90  # bytes: status line, Server, Date


def addresses() -> list[str]:
    """Return every page in both languages, and one answer in each."""
    found = []
    for language in ("zh-hant", "zh-hans"):
        with override(language):
            for sitemap in (kind() for kind in SITEMAPS.values()):
                found += [sitemap.location(item) for item in sitemap.items()]
            carrier = Carrier.objects.published().first()
            query = (
                f"carrier={carrier.slug}&place=mainland&situation={Situation.objects.all()[0].slug}"
                if carrier
                else ""
            )
            found.append(f"{reverse('answer')}?{query}")
    return found


def small(body: bytes) -> int:
    """Return the bytes of ``body`` as brotli sends it."""
    return len(brotli.compress(body, quality=11))


def scripts(page: BeautifulSoup) -> int:
    """Return the bytes of all a page can fetch: print styles, and htmx where a hand is seen."""
    names = ["css/print.css"]
    if page.select("[hx-get], [hx-post]"):
        names += ["js/guide.js", "django_htmx/htmx-2.min.js"]
    return sum(small(Path(str(find(name))).read_bytes()) for name in names)


def measured(client: Client, address: str) -> tuple[str, int, int, int, int, str]:
    """Return the kind of page, bytes of first flight and visit, requests, queries, address."""
    client.get(address)  # so that templates and connections are ready
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    headers = sum(len(n) + len(v) + 4 for n, v in answer.items()) + SERVER_LINES
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    flight = headers + small(answer.content)
    js = scripts(page)
    requests = 4 if page.select("[hx-get], [hx-post]") else 2
    kind = resolve(address.partition("?")[0]).view_name
    return kind, flight, flight + js, requests, len(queries), address


def main() -> None:
    """Print the heaviest page of each kind."""
    client = Client(headers={"Host": "localhost"})
    rows = sorted(measured(client, a) for a in addresses())
    print("| kind | first flight B | first visit B | requests | queries | heaviest |")
    print("|---|---|---|---|---|---|")
    for kind, found in groupby(rows, key=lambda row: row[0]):
        listed = list(found)
        _, flight, visit, requests, _, address = max(listed, key=lambda row: row[1])
        mark = " **over**" if flight > FLIGHT else ""
        queries = max(row[4] for row in listed)
        print(f"| {kind} | {flight:,}{mark} | {visit:,} | {requests} | {queries} | {address} |")


main()
