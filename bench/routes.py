"""How long the search for open routes takes: .venv/bin/python bench/routes.py

Nodes are made from a fixed seed. Times are medians of 50 runs, in milliseconds; as machines differ,
the ratio between the rows says more than a row.
"""

import os
import random
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")

import django

django.setup()

from esimguide.guide.reachability import RouteNode, reachability

THINGS = [f"thing-{n}" for n in range(12)]
RUNS = 50


def made(count: int) -> list[RouteNode]:
    """Return ``count`` nodes that need and provide a few things each, always the same ones."""
    dice = random.Random(count)  # noqa: S311 (no secret)
    needs = [frozenset(dice.sample(THINGS, dice.randint(0, 4))) for _ in range(count)]
    return [RouteNode(n, need, frozenset(dice.sample(THINGS, 1))) for n, need in enumerate(needs)]


def median(nodes: list[RouteNode]) -> float:
    """Return the median time of one search over ``nodes``, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        reachability(nodes, frozenset(THINGS[:2]))
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


base = median(made(20))
for carriers in (1, 10, 100):
    value = median(made(carriers * 20))
    print(f"{carriers:>4} carriers × 20 procedures  {value:8.3f} ms  {value / base:6.1f}×")
