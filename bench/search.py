"""How long a search takes, by the number of documents: bin/bench search

Documents are made from a fixed seed, half in each script, of the guide's own kind of words; the
guide's carriers, situations, terms and aliases widen each query as they do for readers. A database
of its own is made and thrown away. Each query runs 50 times; p50 and p99 are over all runs, in
milliseconds.
"""

import os
import random
import statistics
import tempfile
import time
from itertools import batched
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")
SIZES = (1_000, 100_000)
FOLDER = tempfile.mkdtemp()
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER}/bench.sqlite3"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from esimguide.models import Kind, SearchEntry
from esimguide.models.search_entry import SearchTerm, entry_key
from esimguide.search.index import merge
from esimguide.search.normalize import tokens
from esimguide.search.results import find

WORDS = [
    *("手機遺失", "补办", "補領", "短訊", "驗證碼", "营业厅", "門市", "電訊商", "运营商", "儲值卡"),
    *("身份證", "收費", "卡套", "二維碼", "登記", "香港", "內地", "热线", "銀行", "戶口", "账户"),
    *("eSIM", "SIM", "iPhone", "HK", "過期", "增值", "充值", "套餐", "月費", "漫遊", "停機"),
]
QUERIES = [
    *("補領", "补办", "卡", "领", "驗證碼", "手機遺失", "電訊商營業", "香港", "內地 門市", "eSIM"),
    *("iPhone 補領", "没有", "身份證 收費", "短訊驗證碼", "三港", "HK", "retention", "銀行 戶口"),
    *("二维码", "套餐月费", "過期增值", "补办要帶甚麼文件"),
]
RUNS = 50


def made(count: int) -> list[SearchEntry]:
    """Return ``count`` entries of some 140 letters, always the same ones."""
    dice = random.Random(count)  # noqa: S311 (no secret)
    letters = [chr(code) for code in range(0x4E00, 0x5E00)]
    entries = []
    for number in range(1, count + 1):
        filler = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _ in range(16)]
        words = dice.sample(WORDS, 7) + filler
        dice.shuffle(words)
        title, text = "".join(words[:3]), "，".join(words[3:])
        kind = Kind((Kind.PROCEDURE, Kind.STEP, Kind.FACT, Kind.QUESTION)[number % 4])
        texts = {
            f"{n}_{s}": v
            for s in ("zh_hant", "zh_hans")
            for n, v in (("title", title), ("text", text), ("about", ""))
        }
        entries.append(
            SearchEntry(
                id=entry_key(kind, number),
                kind=kind,
                weight=len(text),
                path="",
                title_tokens=tokens(title),
                text_tokens=tokens(text),
                **texts,
            )
        )
    return entries


def times() -> tuple[list[float], list[float]]:
    """Return how long each run of each query took by the clock and on the processor, sorted."""
    by_clock, on_processor = [], []
    for query in QUERIES:
        find(query)
        for _ in range(RUNS):
            start, worked = time.perf_counter(), time.thread_time()
            find(query)
            on_processor.append((time.thread_time() - worked) * 1000)
            by_clock.append((time.perf_counter() - start) * 1000)
    return sorted(by_clock), sorted(on_processor)


def times_of_letters() -> tuple[list[float], list[float]]:
    """Return the same where the guide knows no words, so that a query is its letters alone."""
    with transaction.atomic():
        SearchTerm.objects.all().delete()
        taken = times()
        transaction.set_rollback(True)
    return taken


def p99(taken: list[float]) -> float:
    """Return what 99 of 100 runs stay below."""
    return taken[int(len(taken) * 0.99)]


call_command("migrate", verbosity=0)
call_command("load_content", verbosity=0)
ways = {"with all synonyms": times, "letters alone": times_of_letters}
slowest: dict[str, list[float]] = {way: [] for way in ways}
for size in SIZES:
    SearchEntry.objects.all().delete()
    start = time.perf_counter()
    for batch in batched(made(size), 5000, strict=False):
        SearchEntry.objects.bulk_create(batch)
    merge()
    connection.close()  # as after a restart: what was written stands in the file, not in its log
    print(f"{size:>7} documents, built in {time.perf_counter() - start:.1f} s")
    for way, measure in ways.items():
        for name, taken in zip(("clock", "processor"), measure(), strict=True):
            p50 = statistics.median(taken)
            print(f"        {way:<17}  {name:<9}  p50 {p50:6.2f}  p99 {p99(taken):6.2f} ms")
        slowest[way].append(p99(taken))  # on the processor
for way, (few, many) in slowest.items():
    print(f"{way}: p99 on the processor {many / few:.1f} times as long with 100 times as much")
for path in Path(FOLDER).iterdir():
    path.unlink()
Path(FOLDER).rmdir()
