"""From an edit to its readers: bin/bench publish

A guide of its own, on a copy of the shipped content. An editor adds a word in the admin, twenty
times; the clock runs from the answer that says "saved" to the last old page that any worker still
gave. Each edit drops all finished pages: "uncached" is what each page costs its first reader.
"""

import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

from bench.faults.guide import Guide
from bench.serving import cpu

EDITS = 20
IN_A_ROW = 40  # new pages, on connections of their own: no worker of two still gives the old one
GLOSSARY = "/zh-hant/glossary/"


def visible_after(guide: Guide, word: str) -> float:
    """Return the ms until no worker gives a page without ``word``."""
    start = last_old = time.perf_counter()
    in_a_row = 0
    while in_a_row < IN_A_ROW:
        status, body = guide.get(GLOSSARY)
        if status != 200:  # noqa: PLR2004
            sys.exit(f"publish: the glossary answered {status}")
        in_a_row = in_a_row + 1 if word.encode() in body else 0
        last_old = last_old if in_a_row else time.perf_counter()
    return (last_old - start) * 1000


def edits(guide: Guide) -> list[float]:
    """Return how long each edit took to be seen everywhere, in ms."""
    session, found = guide.session(), []
    for word in (f"zz-bench-{number}-zz" for number in range(EDITS)):
        status = guide.add_term(session, word)
        if status != 302:  # noqa: PLR2004
            sys.exit(f"publish: saving answered {status}")
        found.append(visible_after(guide, word))
    return found


def pages(guide: Guide) -> list[str]:
    """Return the path of every page of the site map."""
    places = ET.fromstring(guide.get("/sitemap.xml")[1]).iter()  # noqa: S314 (our own)
    full = [place.text or "" for place in places if place.tag.endswith("}loc")]
    return ["/" + address.split("/", 3)[3] for address in full]


def times(guide: Guide, paths: list[str]) -> list[float]:
    """Return the ms of one request for each page."""
    found = []
    for path in paths:
        start = time.perf_counter()
        guide.get(path, {"Accept-Encoding": "br"})
        found.append((time.perf_counter() - start) * 1000)
    return found


def middle(found: list[float]) -> str:
    """Return median and 99th percentile as text."""
    return f"{statistics.median(found):.1f} / {statistics.quantiles(found, n=100)[98]:.1f}"


def main() -> None:
    """Measure, and print the table."""
    with TemporaryDirectory() as folder, Guide(Path(folder)) as guide:
        paths = pages(guide)
        process = guide.process
        before = cpu(process.pid) if process else 0
        first = times(guide, paths)
        used = (cpu(process.pid) - before) * 1000 / len(paths) if process else 0
        for _ in range(6):
            times(guide, paths)
        finished = times(guide, paths)
        seen = edits(guide)
    print("| figure | measured | at least |\n|---|---|---|")
    worst = f"{statistics.median(seen):.0f} ms, at worst {max(seen):.0f} ms"
    print(f"| edit → visible in every worker, {EDITS} edits | {worst} | ≤ 1 s |")
    print(f"| {len(paths)} pages uncached, p50 / p99 ms | {middle(first)} | |")
    print(f"| the same, CPU a page (with packing) | {used:.1f} ms | |")
    print(f"| the same finished, p50 / p99 ms | {middle(finished)} | |")


main()
