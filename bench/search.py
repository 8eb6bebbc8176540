"""How long a search takes, by the number of documents: bin/bench search

Documents are made from a fixed seed, half in each script, of the guide's own kind of words. A
database of its own is made for each size and thrown away. Each query runs 50 times; p50 and p99 are
over all runs, in milliseconds.
"""

import os
import random
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")
SIZES = (1_000, 100_000)
FOLDER = tempfile.mkdtemp()
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER}/bench.sqlite3"

import django

django.setup()

from django.core.management import call_command

from esimguide.folding import tokens
from esimguide.models import Entry, Kind
from esimguide.models.entry import entry_key
from esimguide.search import search

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


def made(count: int) -> list[Entry]:
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
            Entry(
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


def times() -> list[float]:
    """Return how long each run of each query took, in milliseconds."""
    taken = []
    for query in QUERIES:
        search(query)
        for _ in range(RUNS):
            start = time.perf_counter()
            search(query)
            taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


call_command("migrate", verbosity=0)
p99s = []
for size in SIZES:
    Entry.objects.all().delete()
    start = time.perf_counter()
    Entry.objects.bulk_create(made(size), batch_size=500)
    built = time.perf_counter() - start
    taken = times()
    p99s.append(taken[int(len(taken) * 0.99)])
    print(
        f"{size:>7} documents  built in {built:6.1f} s  p50 {statistics.median(taken):6.2f} ms  p99 {p99s[-1]:6.2f} ms"
    )
print(f"p99 at {SIZES[-1]} is {p99s[-1] / p99s[0]:.1f} times that at {SIZES[0]}")
for path in Path(FOLDER).iterdir():
    path.unlink()
Path(FOLDER).rmdir()
