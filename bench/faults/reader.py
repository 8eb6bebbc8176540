"""Readers who read on while something happens to the guide."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from bench.faults.guide import Client

OK = 200


class Reader(Thread):
    """Reads pages until told to stop, or has read ``most``; keeps what were not whole pages."""

    def __init__(self, client: Client, paths: tuple[str, ...], most: float = math.inf) -> None:
        super().__init__()
        self.client, self.paths, self.most = client, paths, most
        self.read, self.failed = 0, list[str]()
        self.rest = Event()

    def run(self) -> None:
        """Ask for one page after the other, each on a connection of its own."""
        while self.read < self.most and not self.rest.is_set():
            path = self.paths[self.read % len(self.paths)]
            status, body = self.client.get(path)
            self.read += 1
            if status != OK or not body.rstrip().endswith((b"</html>", b"ok")):
                self.failed.append(f"{path}: {status}")


class Readers:
    """Several at once."""

    def __init__(self, readers: list[Reader]) -> None:
        self.readers = readers

    def count(self) -> int:
        """Return how many pages they have read."""
        return sum(reader.read for reader in self.readers)

    def failed(self) -> list[str]:
        """Return what failed, path and status."""
        return [failed for reader in self.readers for failed in reader.failed]


@contextmanager
def reading(
    client: Client, paths: tuple[str, ...], most: int | None = None, readers: int = 4
) -> Iterator[Readers]:
    """Read ``paths`` in turn beside the block; with ``most``, until so many are read in all."""
    each = math.inf if most is None else most // readers
    threads = [Reader(client, paths, each) for _ in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield Readers(threads)
    finally:
        for thread in threads:
            if most is None:
                thread.rest.set()
            thread.join()
