"""SIGHUP, the way a release comes in, while readers read."""

import signal
import time
from pathlib import Path
from threading import Event, Thread

from bench.faults.guide import Guide

OK = 200


class Reader(Thread):
    """Reads pages until told to stop; counts the answers that were not whole pages."""

    def __init__(self, guide: Guide, paths: tuple[str, ...]) -> None:
        super().__init__()
        self.guide, self.paths = guide, paths
        self.read, self.failed = 0, list[str]()
        self.rest = Event()

    def run(self) -> None:
        """Ask for one page after the other."""
        while not self.rest.is_set():
            path = self.paths[self.read % len(self.paths)]
            status, body = self.guide.get(path)
            self.read += 1
            if status != OK or not body.rstrip().endswith((b"</html>", b"ok")):
                self.failed.append(f"{path}: {status}")


def reload_under_load(folder: Path, times: int = 5, pause: float = 3) -> str:
    """Reload ``times``, ``pause`` seconds apart, under four readers: no request fails."""
    with Guide(folder) as guide:
        readers = [Reader(guide, ("/zh-hant/", "/zh-hans/codes/", "/healthz")) for _ in range(4)]
        for reader in readers:
            reader.start()
        for _ in range(times):
            time.sleep(pause)
            guide.signal(signal.SIGHUP)
        time.sleep(pause)
        for reader in readers:
            reader.rest.set()
            reader.join()
    failed = [f for reader in readers for f in reader.failed]
    read = sum(reader.read for reader in readers)
    assert not failed, f"{len(failed)} of {read} failed: {failed[:5]}"
    return f"{times} reloads, {read} requests, 0 failed"
