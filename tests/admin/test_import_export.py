"""import_export.py: the list leaves as it is filtered; bad files change nothing."""

import csv
import io
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esimguide.admin.import_export import MAX_BYTES
from esimguide.admin.spreadsheet import as_csv, rows_of
from esimguide.models import Fact, State, Term
from tests.admin.form import notices, said
from tests.factories import (
    make_carrier,
    make_fact,
    make_procedure,
    make_term,
    make_unknown_fact,
)
from tests.html import links, soup, texts

TERMS = "/admin/esimguide/term/"
FACTS = "/admin/esimguide/fact/"


def upload(
    client: Client, root: str, content: bytes, name: str = "a.csv", **sent: Any
) -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return client.post(f"{root}import/", {"file": file} | sent)


def problems(response: HttpResponse) -> list[str]:
    return texts(soup(response), ".errorlist li")


# ---- export ------------------------------------------------------------------------------------


def test_the_list_leaves_as_it_is_filtered(editor: Client) -> None:
    make_fact(slug="known")
    make_unknown_fact(slug="open")
    page = soup(editor.get(f"{FACTS}?state__exact=unknown"))
    addresses = links(page, ".object-tools a")
    assert f"{FACTS}export/?state__exact=unknown" in addresses
    answer = editor.get(f"{FACTS}export/?state__exact=unknown")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fact.csv"'
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["slug"] for line in lines] == ["open"]


def test_a_filter_that_the_list_does_not_have_leads_back_to_it(editor: Client) -> None:
    response = editor.get("/admin/esimguide/device/export/?step=")
    assert (response.status_code, response["Location"]) == (302, "/admin/esimguide/device/?e=1")


def test_what_has_no_table_has_no_export(editor: Client) -> None:
    assert editor.get("/admin/esimguide/topic/export/").status_code in {302, 404}
    page = soup(editor.get("/admin/esimguide/topic/"))
    assert [a for a in links(page, ".object-tools a") if "export" in a] == []


def test_queries_of_an_export_do_not_grow(editor: Client) -> None:
    def grow() -> None:
        make_fact(procedure=make_procedure(carrier=make_carrier()))

    grow()
    editor.get(f"{FACTS}export/")
    with CaptureQueriesContext(connection) as one:
        editor.get(f"{FACTS}export/")
    grow()
    grow()
    with CaptureQueriesContext(connection) as three:
        editor.get(f"{FACTS}export/")
    assert len(one) == len(three)


# ---- import ------------------------------------------------------------------------------------


def test_a_good_file_is_taken(editor: Client) -> None:
    make_term(slug="old", english="top up")
    row = rows_of(Term.objects.all())[0]
    content = as_csv(Term, [row | {"english": "refill"}, row | {"slug": "new"}]).encode()
    tried = upload(editor, TERMS, content, **{"try": "1"})
    assert texts(soup(tried), "[role=status]") != []
    assert Term.objects.get().english == "top up"
    answer = upload(editor, TERMS, content)
    words = said("Imported: %(added)d added, %(changed)d changed, %(same)d as they were.")
    assert notices(editor.get(answer.headers["Location"])) == [
        words % {"added": 1, "changed": 1, "same": 0}
    ]
    words_now = dict(Term.objects.values_list("slug", "english"))
    assert words_now == {"old": "refill", "new": "top up"}
    assert Term.history.first().history_user is not None


GOOD = {
    "slug": "fee",
    "source": "https://www.example.org/s",
    "state": "official",
    "checked_on": "2026-11-20",
    "check_again_on": "",
    "carrier": "cmhk",
    "procedure": "",
    "topic": "",
    "service": "",
    "kind": "fee",
    "line": "any",
    "label_zh_hant": "收費",
    "label_zh_hans": "收费",
    "value_zh_hant": "HK$10",
    "value_zh_hans": "10港元",
    "other_value_zh_hant": "",
    "other_value_zh_hans": "",
    "other_source": "",
    "ask_zh_hant": "",
    "ask_zh_hans": "",
    "amount_min": "",
    "amount_max": "",
    "unit": "",
    "position": "1",
    "says_no": "False",
}
BAD_CELLS: dict[str, dict[str, str]] = {
    "too long": {"value_zh_hant": "長" * 100_000},
    "label too long": {"label_zh_hant": "長" * 201},
    "blank": {"label_zh_hans": ""},
    "only spaces": {"label_zh_hans": "   "},
    "no key": {"slug": ""},
    "odd key": {"slug": "a b"},
    "control": {"value_zh_hant": "a\x07b"},
    "escape": {"value_zh_hant": "\x1b[31m"},
    "no such source": {"source": "https://nobody.example/"},
    "no such carrier": {"carrier": "nobody"},
    "procedure without slash": {"carrier": "", "procedure": "lost"},
    "two owners": {"procedure": "/general"},
    "no owner": {"carrier": ""},
    "odd day": {"checked_on": "31.12.2026"},
    "day to come": {"checked_on": "2099-01-01"},
    "odd state": {"state": "sure"},
    "odd kind": {"kind": "price"},
    "confirmed without source": {"source": ""},
    "unknown with value": {"state": "unknown"},
    "conflict without the other": {"state": "conflicting"},
    "odd amount": {"amount_min": "ten", "unit": "hkd"},
    "endless amount": {"amount_min": "Infinity", "unit": "hkd"},
    "amount below zero": {"amount_min": "-1", "unit": "hkd"},
    "amount without unit": {"amount_min": "1"},
    "odd position": {"position": "first"},
    "position too large": {"position": "9" * 40},
}


def refused(client: Client, content: bytes, name: str = "a.csv") -> list[str]:
    """Send a file that must change nothing; return what the page says, within 5 seconds."""
    before = list(Fact.objects.values_list("slug", "value_zh_hant"))
    start = time.monotonic()
    answer = upload(client, FACTS, content, name)
    assert time.monotonic() - start < 5
    assert answer.status_code == 200
    assert list(Fact.objects.values_list("slug", "value_zh_hant")) == before
    return problems(answer)


@pytest.fixture
def ground(editor: Client) -> Client:
    """Return an editor in a guide that holds all that ``GOOD`` points at."""
    carrier = make_carrier(slug="cmhk")
    fact = make_fact(carrier=carrier, slug="kept")
    assert fact.source is not None
    fact.source.url = GOOD["source"]
    fact.source.save()
    make_procedure(slug="general")
    return editor


def test_the_good_row_is_good(ground: Client) -> None:
    assert upload(ground, FACTS, as_csv(Fact, [GOOD]).encode()).status_code == 302
    assert Fact.objects.get(slug="fee").state == State.OFFICIAL


@pytest.mark.parametrize("fault", BAD_CELLS)
def test_a_bad_cell_is_named_with_its_row(ground: Client, fault: str) -> None:
    rows = [GOOD, GOOD | {"slug": "second"} | BAD_CELLS[fault]]
    found = refused(ground, as_csv(Fact, rows).encode())
    row_two = said("Row %(number)d: %(words)s") % {"number": 2, "words": ""}
    assert found != []
    assert all(words.startswith(row_two) for words in found)


HEADER = ",".join(GOOD)
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "a.csv"),
    "header only": (HEADER.encode(), "a.csv"),
    "big5": ("收費".encode("big5"), "a.csv"),
    "utf-16": (HEADER.encode("utf-16"), "a.csv"),
    "wrong headers": (b"name,price\nx,1\n", "a.csv"),
    "unknown column": (f"{HEADER},secret\n".encode(), "a.csv"),
    "missing column": (HEADER.removesuffix(",position").encode(), "a.csv"),
    "column twice": (f"{HEADER},slug\n".encode(), "a.csv"),
    "ragged": (f"{HEADER}\na,b\n".encode(), "a.csv"),
    "open quote": (f'{HEADER}\n"a'.encode(), "a.csv"),
    "NUL": (f"{HEADER}\n\x00".encode(), "a.csv"),
    "semicolons": (HEADER.replace(",", ";").encode(), "a.csv"),
    "huge": (b"x" * (MAX_BYTES + 1), "a.csv"),
    "huge field": (f"{HEADER}\n{'x' * 200_000}".encode(), "a.csv"),
    "many rows": (as_csv(Fact, [GOOD | {"slug": f"s{n}"} for n in range(2001)]).encode(), "a.csv"),
    "same key twice": (as_csv(Fact, [GOOD, GOOD]).encode(), "a.csv"),
    "2,000 bad rows": (
        as_csv(Fact, [GOOD | {"slug": f"s{n}", "kind": "x"} for n in range(2000)]).encode(),
        "a.csv",
    ),
    "csv called json": (HEADER.encode(), "a.json"),
    "json called csv": (b'[{"slug": "a"}]', "a.csv"),
    "spreadsheet": (b"PK\x03\x04", "a.xlsx"),
    "no ending": (HEADER.encode(), "facts"),
}


@pytest.mark.parametrize("fault", BAD_FILES)
def test_a_bad_file_changes_nothing_and_is_answered(ground: Client, fault: str) -> None:
    content, name = BAD_FILES[fault]
    assert refused(ground, content, name) != []


def test_nothing_chosen_is_an_error(editor: Client) -> None:
    answer = editor.post(f"{FACTS}import/", {})
    assert problems(answer) == [said("This field is required.")]
    assert editor.get(f"{FACTS}import/").status_code == 200
