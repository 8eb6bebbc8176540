"""kill -9 of the whole process group in the middle of edits."""

import random
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Event, Thread

from bench.faults.guide import Guide

SAVED = 302


class Writer(Thread):
    """Adds terms, and changes one over and over, until told to stop; remembers what was said to
    be saved.
    """

    def __init__(self, guide: Guide, session: str, name: str) -> None:
        super().__init__()
        self.guide, self.session, self.word = guide, session, name
        self.added: set[str] = set()
        self.rest = Event()

    def run(self) -> None:
        """Write as fast as the server takes it."""
        for number in count():
            if self.rest.is_set():
                return
            slug = f"{self.word}-{number}"
            if self.guide.add_term(self.session, slug, gloss=slug) == SAVED:
                self.added.add(slug)


def kill(folder: Path, rounds: int = 20, seed: int = 8) -> str:
    """Kill the guide ``rounds`` times while two editors write: nothing acknowledged is lost."""
    dice, acknowledged = random.Random(seed), set[str]()  # noqa: S311 (no secret hangs on it)
    guide = Guide(folder)
    session = guide.session()
    for number in range(rounds):
        guide.start()
        writers = [Writer(guide, session, f"r{number}w{i}") for i in range(2)]
        for writer in writers:
            writer.start()
        writers[0].join(dice.uniform(0.3, 0.9))
        guide.kill()
        for writer in writers:
            writer.rest.set()
            writer.join()
            acknowledged |= writer.added
    with closing(sqlite3.connect(guide.file)) as file:
        stored = {row[0] for row in file.execute("SELECT slug FROM esimguide_term")}
        found = file.execute("PRAGMA integrity_check").fetchone()[0]
        versions = {row[0] for row in file.execute("SELECT slug FROM esimguide_historicalterm")}
    assert found == "ok", found
    assert acknowledged <= stored, f"lost: {sorted(acknowledged - stored)}"
    assert acknowledged <= versions, "a save without its version"
    assert acknowledged, "nothing was written at all"
    return f"{rounds} kills, {len(acknowledged)} acknowledged saves, 0 lost, integrity ok"
