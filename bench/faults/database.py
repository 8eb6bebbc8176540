"""A PostgreSQL that goes away, takes no writes, or serves two guides."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.crash import Writer
from bench.faults.guide import Guide, filled, manage, until
from tests.postgres import PostgresServer, pgexec, postgres

OK, SAVED, AWAY = 200, 302, 503
WORDS = "暫時不能儲存".encode()
PAGE = "/zh-hant/glossary/"


@contextmanager
def filled_postgres() -> Iterator[tuple[PostgresServer, str]]:
    """Give a PostgreSQL with the shipped content, moved over from SQLite, and its address."""
    with postgres() as server:
        address = server.get_uri("postgres")
        manage("migrate", "--verbosity=0", DATABASE_URL=address)
        manage("copy_from", str(filled()), DATABASE_URL=address)
        yield server, address


def stop(server: PostgresServer) -> None:
    """Stop it at once, as a crash would."""
    how = ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop")
    pgexec("pg_ctl", how, bin_path=server.bin_path, user=server.system_user)


def away(folder: Path) -> str:
    """Take the database away and bring it back, five times: 503 with words, then all is well."""
    healed = []
    with filled_postgres() as (server, address), Guide(folder, address) as guide:
        session = guide.session()
        for number in range(5):
            assert guide.get(PAGE)[0] == OK
            stop(server)
            assert guide.get("/healthz")[0] == OK
            status, body = guide.get("/admin/", {"Cookie": f"sessionid={session}"})
            assert (status, WORDS in body) == (AWAY, True), f"the admin got {status}"
            assert guide.get("/readyz")[0] == AWAY
            assert guide.get(PAGE)[0] in {OK, AWAY}  # a page may still stand in a cache
            server.ensure_postgres_running()
            healed.append(until(lambda: guide.get("/readyz")[0] == OK, "the guide to heal"))
            assert [guide.get(PAGE)[0] for _ in range(16)] == [OK] * 16
            assert guide.add_term(session, f"back-{number}") == SAVED
    return f"503 with words while away, healed without a restart within {max(healed):.1f} s"


def read_only(folder: Path) -> str:
    """Let the database refuse writes, as a standby does."""
    with filled_postgres() as (server, address), Guide(folder, address) as guide:
        session = guide.session()
        _set_read_only(server, "on")
        status, body = until_status(guide, session, AWAY)
        assert WORDS in body, f"a save got {status}"
        assert (guide.get(PAGE)[0], guide.get("/readyz")[0]) == (OK, AWAY)
        _set_read_only(server, "off")
        until_status(guide, session, SAVED)
        assert guide.get("/readyz")[0] == OK
    return "reads 200, saves 503 with words, /readyz 503; healed without a restart"


def _set_read_only(server: PostgresServer, value: str) -> None:
    server.psql(f"ALTER SYSTEM SET default_transaction_read_only = {value};")
    server.psql("SELECT pg_reload_conf();")


def until_status(guide: Guide, session: str, status: int) -> tuple[int, bytes]:
    """Save until the answer is ``status``; return it with its page."""
    found: list[tuple[int, bytes]] = []

    def holds() -> bool:
        found.append(guide.try_term(session, f"turn-{time.monotonic_ns()}"))
        return found[-1][0] == status

    until(holds, f"a save to get {status}", 15)
    return found[-1]


def two_servers(folder: Path) -> str:
    """Edit on one of two guides and read on the other; then kill one in the middle of edits."""
    slowest, edits = 0.0, 20
    with (
        filled_postgres() as (_, address),
        Guide(folder, address) as one,
        Guide(folder, address) as other,
    ):
        session = one.session()
        for number in range(edits):
            slug = f"live-{number}"
            other.get(PAGE)
            assert one.add_term(session, slug) == SAVED
            shown = slug.encode()
            slowest = max(slowest, until(lambda: shown in other.get(PAGE)[1], slug, 5))  # noqa: B023
        assert slowest < 1, f"an edit took {slowest:.2f} s"
        writers = [Writer(g, session, f"w{i}") for i, g in enumerate((one, other))]
        for writer in writers:
            writer.start()
        time.sleep(2)
        one.kill()
        written = len(writers[1].added)
        time.sleep(2)
        for writer in writers:
            writer.rest.set()
            writer.join()
        page = other.get(PAGE)[1].decode()
        acknowledged = writers[0].added | writers[1].added
        lost = [slug for slug in acknowledged if slug not in page]
        assert not lost, f"lost: {lost}"
        assert len(writers[1].added) > written, "the other stopped too"
    return (
        f"{edits} edits, slowest live on the other after {slowest:.2f} s;"
        f" one killed: {len(acknowledged)} acknowledged saves, 0 lost, the other went on"
    )
