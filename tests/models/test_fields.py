"""fields.py: text is normalised, whichever way it comes into the database."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import CharField, TextField

from esimguide.models import Carrier, Term
from esimguide.models.fields import (
    ContactField,
    MarkdownField,
    NormalizedCharField,
    NormalizedTextField,
)
from tests.factories import make_carrier, make_term, pair

pytestmark = pytest.mark.django_db
OVERRIDE, ACCENT = "\u202e", "e\u0301"


def test_saving_updating_and_many_at_once_are_tidied() -> None:
    carrier = make_carrier(name_en=f"{OVERRIDE}caf{ACCENT}")
    Carrier.objects.filter(pk=carrier.pk).update(
        summary_zh_hant=f"a{OVERRIDE}\r\nb", summary_zh_hans="b"
    )
    stored = Carrier.objects.get(name_en=f"caf{ACCENT}")
    assert (stored.name_en, stored.summary_zh_hant) == ("café", "a\nb")
    version = carrier.history.latest()
    assert version.name_en == "café"
    Term.objects.bulk_create([Term(slug="t", english=f"x{OVERRIDE}", **pair("word", "詞", "词"))])
    assert Term.objects.get(slug="t").english == "x"


def test_loaded_files_are_tidied(tmp_path: Path) -> None:
    term = make_term(slug="loaded")
    call_command("dumpdata", "esimguide.term", output=str(tmp_path / "t.json"), verbosity=0)
    records = json.loads((tmp_path / "t.json").read_text())
    records[0]["fields"]["english"] = f"{OVERRIDE}sim\x00"
    (tmp_path / "t.json").write_text(json.dumps(records))
    call_command("loaddata", str(tmp_path / "t.json"), verbosity=0)
    term.refresh_from_db()
    assert term.english == "sim"


def test_migrations_know_only_djangos_columns() -> None:
    kinds = ((CharField, NormalizedCharField), (CharField, ContactField))
    for column, own in (*kinds, (TextField, NormalizedTextField), (TextField, MarkdownField)):
        assert own(max_length=9).deconstruct()[1:] == column(max_length=9).deconstruct()[1:]
