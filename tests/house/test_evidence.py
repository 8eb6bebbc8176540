"""Where the shipped content comes from and leads to, and when it was read."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from esimguide.admin.checked import next_check_of
from esimguide.models import Checked
from tests.house.content import ROOT, files, key, records, texts
from tests.house.domains import DOMAINS, EXCLUDED, OPERATORS, is_under

EVERY_FILE = pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(ROOT)))
LINK = re.compile(r"\]\((https?:[^)\s]*)\)")
# The evidence was gathered on two days; a few pages were read by others, on theirs.
READ_ON = {"2026-11-28", "2026-11-23", "2026-09-09", "2026-08-16"}


def checked_models() -> list[type[Checked]]:
    """Return the models with evidence."""
    models = apps.get_app_config("esimguide").get_models()
    return [model for model in models if issubclass(model, Checked)]


def pick(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return those of ``names`` that ``fields`` has."""
    return {name: fields[name] for name in names if name in fields}


@EVERY_FILE
def test_sources_are_published_where_their_kind_publishes(path: Path) -> None:
    odd = [
        fields["url"]
        for fields in (r["fields"] for r in records(path) if r["model"] == "esimguide.source")
        if not is_under(fields["url"], DOMAINS[fields["kind"]])
    ]
    assert odd == []


@EVERY_FILE
def test_texts_lead_to_allowed_domains_only(path: Path) -> None:
    allowed = set[str]().union(*DOMAINS.values())
    found = [link for text in texts(path) for link in LINK.findall(text.text)]
    assert [link for link in found if not is_under(link, allowed)] == []


@EVERY_FILE
def test_a_way_to_reach_a_carrier_is_the_operators_own(path: Path) -> None:
    values = [r["fields"]["value"] for r in records(path) if r["model"] == "esimguide.channel"]
    addresses = [value for value in values if value.startswith("http")]
    assert [a for a in addresses if not is_under(a, OPERATORS)] == []


@EVERY_FILE
def test_nothing_names_an_excluded_source(path: Path) -> None:
    content = path.read_text("utf-8")
    assert [host for host in EXCLUDED if host in content] == []


@EVERY_FILE
def test_days_are_those_of_the_evidence_and_none_is_still_to_come(path: Path) -> None:
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    for record in records(path):
        fields = record["fields"]
        read_on = fields.get("checked_on")
        assert read_on in {None, *READ_ON}, key(record)
        assert not read_on or (fields.get("check_again_on") or "9") > read_on, key(record)
        assert (fields.get("published_on") or "") <= max(READ_ON), key(record)
        assert (fields.get("made_on") or "") <= today, key(record)


@EVERY_FILE
def test_every_statement_says_when_it_is_looked_at_again(path: Path) -> None:
    models = {model._meta.label_lower: model for model in checked_models()}
    for record in records(path):
        fields = record["fields"]
        if (model := models.get(record["model"])) and fields.get("checked_on"):
            statement = model(state=fields["state"], **pick(fields, "kind"))
            day = next_check_of(statement, dt.date.fromisoformat(fields["checked_on"]))
            assert fields["check_again_on"] == day.isoformat(), key(record)


def test_a_guide_that_nobody_touched_for_a_month_is_not_overdue() -> None:
    statements = [r["fields"] for p in files() for r in records(p) if "state" in r["fields"]]
    newest = dt.date.fromisoformat(max(READ_ON))
    month_later = (newest + dt.timedelta(days=30)).isoformat()
    assert [f for f in statements if (f["check_again_on"] or "9") < month_later] == []


def test_every_confirmed_statement_names_a_source_that_ships() -> None:
    shipped = {r["fields"]["url"] for p in files() for r in records(p) if "url" in r["fields"]}
    for path in files():
        for record in records(path):
            fields = record["fields"]
            named = [fields.get("source"), fields.get("other_source"), *fields.get("sources", [])]
            assert {url for [url] in filter(None, named)} <= shipped, key(record)
            assert fields.get("state", "unknown") == "unknown" or fields.get("source"), key(record)
