"""Bytes and queries of every kind of page: bin/bench pages

Pages come from Django in this process, over the checkout's own database. First flight: the status
line, headers and body of the page, brotli 11, all styles inside. First visit: that and the styles
for paper. Used: that and what comes at the first sign of a hand.
"""

import os
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

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


def static(*names: str) -> int:
    """Return the bytes of these static files as brotli sends them."""
    return sum(small(Path(str(find(name))).read_bytes()) for name in names)


class Row(NamedTuple):
    """What one page costs: bytes with headers, requests, queries."""

    kind: str
    flight: int
    visit: int
    used: int
    requests: int  # once used
    queries: int
    address: str


def measured(client: Client, address: str) -> Row:
    """Return what the page at this address costs."""
    client.get(address)  # so that templates and connections are ready
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    headers = sum(len(n) + len(v) + 4 for n, v in answer.items()) + SERVER_LINES
    flight = headers + small(answer.content)
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    styles = ["css/print.css"] if page.select("head noscript") else []
    scripts = ["js/guide.js"] if page.select("script") else []
    if page.select("[hx-get], [hx-post]"):
        scripts.append("django_htmx/htmx-2.min.js")
    kind = resolve(address.partition("?")[0]).view_name
    visit = flight + static(*styles)
    used, requests = visit + static(*scripts), 1 + len(styles) + len(scripts)
    return Row(kind, flight, visit, used, requests, len(queries), address)


def main() -> None:
    """Print the heaviest page of each kind."""
    client = Client(headers={"Host": "localhost"})
    rows = sorted(measured(client, a) for a in addresses())
    print("| kind | first flight B | first visit B | used B (requests) | queries | heaviest |")
    print("|---|---|---|---|---|---|")
    for kind, found in groupby(rows, key=lambda row: row.kind):
        listed = list(found)
        most = max(listed, key=lambda row: row.flight)
        mark = " **over**" if most.flight > FLIGHT else ""
        used = f"{most.used:,} ({most.requests})"
        queries = max(row.queries for row in listed)
        cells = (kind, f"{most.flight:,}{mark}", f"{most.visit:,}", used, queries, most.address)
        print(f"| {' | '.join(map(str, cells))} |")


main()
