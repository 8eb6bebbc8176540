"""Many clients at once, and clients that never finish their request."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench.faults.guide import HOST, Guide

OK = 200
PAGE = "/zh-hant/"
PATIENCE = 2  # seconds within which 99 of 100 readers must have their page


def slow_clients(folder: Path, clients: int = 300, seconds: float = 10) -> str:
    """Let ``clients`` send half a request and wait: everybody else reads on."""
    with Guide(folder) as guide, ExitStack() as held:
        guide.get(PAGE)
        for _ in range(clients):
            sock = held.enter_context(socket.create_connection((HOST, guide.port), timeout=5))
            sock.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        time.sleep(0.5)
        waits, failed, end = [], 0, time.monotonic() + seconds
        while time.monotonic() < end:
            start = time.monotonic()
            failed += guide.get(PAGE, seconds=5)[0] != OK
            waits.append(time.monotonic() - start)
    waits.sort()
    slowest = waits[int(len(waits) * 0.99)]
    told = f"{clients} half-sent requests held; {len(waits)} others, {failed} failed"
    assert failed == 0, told
    assert slowest < PATIENCE, f"{told}, p99 {slowest:.1f} s"
    return f"{told}, p99 {slowest * 1000:.0f} ms"


def many_connections(folder: Path, connections: int = 500) -> str:
    """Open ``connections`` at once, each for one page: every one gets it."""
    start = time.monotonic()
    with Guide(folder) as guide, ThreadPoolExecutor(connections) as pool:
        guide.get(PAGE)
        answers = list(pool.map(lambda _: guide.get(PAGE, seconds=60), range(connections)))
    failed = [status for status, _ in answers if status != OK]
    assert not failed, f"{len(failed)} of {connections} failed: {set(failed)}"
    assert len({body for _, body in answers}) == 1, "pages differ"
    return f"{connections} at once, 0 failed, all in {time.monotonic() - start:.0f} s"
