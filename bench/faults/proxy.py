"""The guide behind nginx: workers killed, reloads, edits, fragments, editors, made-up queries."""

import gzip
import http.client
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import brotli

from bench.faults.guide import HOST, Client, Guide, until
from bench.faults.nginx import Nginx, in_front_of
from bench.faults.protocol import BODY, FORM, LOGIN
from bench.faults.reader import reading

OK, SAVED, TOO_MANY, BAD_GATEWAY = 200, 302, 429, 502
GLOSSARY = "/zh-hant/glossary/"
CODES, FRAGMENT = "/zh-hant/codes/", {"HX-Request": "true", "HX-Target": "services"}
PAGES = ("/zh-hant/", "/zh-hans/codes/", GLOSSARY, "/zh-hant/carriers/cmhk/")
EDIT_SHOWS = 1.5  # seconds
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": bytes,
}


@contextmanager
def behind_nginx(folder: Path) -> Iterator[tuple[Guide, Nginx]]:
    """Give a guide, and nginx in front of it."""
    guide = Guide(folder, SITE_URL=f"http://{HOST}")  # so that no page holds the guide's own port
    with guide, in_front_of(guide.port, folder / "nginx") as nginx:
        yield guide, nginx


def killed_workers(folder: Path, reads: int = 1000, kills: int = 4) -> str:
    """Kill both workers at once, ``kills`` times during ``reads`` reads: none fails."""
    with behind_nginx(folder) as (guide, nginx), reading(nginx, PAGES, reads) as readers:
        for number in range(1, kills + 1):
            due = reads * number // (kills + 1)
            until(lambda: readers.count() >= due, "readers to read on", 60)  # noqa: B023
            for worker in guide.workers():
                os.kill(worker, signal.SIGKILL)
    failed = readers.failed()
    assert not failed, f"{len(failed)} of {readers.count()} failed: {failed[:5]}"
    return f"both workers killed {kills} times, {readers.count()} reads, 0 failed"


def reload_under_load(folder: Path, times: int = 5, pause: float = 3) -> str:
    """Reload ``times``, ``pause`` seconds apart, under four readers: no request fails."""
    paths = (*PAGES, "/healthz")
    with behind_nginx(folder) as (guide, nginx), reading(nginx, paths) as readers:
        for _ in range(times):
            time.sleep(pause)
            guide.signal(signal.SIGHUP)
        time.sleep(pause)
    failed = readers.failed()
    assert not failed, f"{len(failed)} of {readers.count()} failed: {failed[:5]}"
    return f"{times} reloads, {readers.count()} requests, 0 failed"


def kept_pages(folder: Path) -> str:
    """Look through nginx at pages, fragments, edits, an editor, a guide that is away."""
    with behind_nginx(folder) as (guide, nginx):
        _same_as_without(guide, nginx)
        session = guide.session()
        slowest = max(_edit(nginx, session, f"zz-kept-{n}-zz") for n in range(5))
        assert slowest < EDIT_SHOWS, f"an edit took {slowest:.2f} s"
        _first_reader_sees_the_edit(guide, nginx, session)
        guide.kill()
        seen = {path: nginx.get(path)[0] for path in (GLOSSARY, CODES)}
        assert set(seen.values()) == {OK}, seen
        assert nginx.ask("POST", LOGIN, BODY, FORM)[0] == BAD_GATEWAY
    return (
        f"each kind of answer its own, an edit shows after {slowest:.2f} s, reads without a guide"
    )


def _same_as_without(guide: Guide, nginx: Nginx) -> None:
    asked = [(encoding, kind) for encoding in UNPACK for kind in (FRAGMENT, {})]
    for _ in range(3):  # not kept yet, kept, and kept no longer
        for encoding, kind in (*asked, *reversed(asked)):
            asked_for = {"Accept-Encoding": encoding, **kind}
            assert _text(nginx, asked_for) == guide.get(CODES, kind)[1], asked_for
        time.sleep(0.6)


def _text(client: Client, headers: dict[str, str]) -> bytes:
    with closing(http.client.HTTPConnection(HOST, client.port, timeout=15)) as connection:
        connection.request("GET", CODES, headers=headers)
        answer = connection.getresponse()
        assert answer.status == OK, answer.status
        return UNPACK[answer.headers.get("Content-Encoding", "identity")](answer.read())


def _edit(nginx: Nginx, session: str, word: str) -> float:
    nginx.get(GLOSSARY)
    assert nginx.add_term(session, word) == SAVED
    start = time.monotonic()
    editor = {"Cookie": f"sessionid={session}"}
    assert word.encode() in nginx.get(GLOSSARY, editor)[1], "the editor sees an old page"
    until(lambda: word.encode() in nginx.get(GLOSSARY)[1], "the edit", 10)
    return time.monotonic() - start


def _first_reader_sees_the_edit(guide: Guide, nginx: Nginx, session: str) -> None:
    word = "zz-first-zz"
    nginx.get(GLOSSARY)
    assert guide.add_term(session, word) == SAVED
    time.sleep(EDIT_SHOWS)
    assert word.encode() in nginx.get(GLOSSARY)[1], "the first reader after an edit sees the old"


def made_up_queries(folder: Path, requests: int = 300) -> str:
    """Ask for made-up queries without end: they are held back, and pages are read on."""
    with behind_nginx(folder) as (_guide, nginx), reading(nginx, PAGES) as readers:
        seen = Counter(nginx.get(f"/zh-hant/?x={n}")[0] for n in range(requests))
        posts = Counter(nginx.ask("POST", "/zh-hant/", "a=1")[0] for _ in range(20))
    assert set(seen) == {OK, TOO_MANY}, seen
    assert posts[TOO_MANY], posts
    assert not readers.failed(), readers.failed()[:5]
    return f"{requests} made-up queries: {dict(seen)}; {readers.count()} pages meanwhile, 0 failed"
