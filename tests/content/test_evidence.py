"""Where the shipped content comes from and leads to, and when it was read."""

import datetime as dt
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from esimguide.admin.checked import next_check_of
from esimguide.models import Checked, State
from tests.content.domains import DOMAINS, EXCLUDED, OPERATORS, is_under
from tests.content.shipped import ROOT, files, key, records, texts

EVERY_FILE = pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(ROOT)))
LINK = re.compile(r"\]\((https?:[^)\s]*)\)")
HONG_KONG = ZoneInfo("Asia/Hong_Kong")
FIRST_READ_ON = "2026-08-16"  # no page of the evidence was read before


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
def test_no_day_lies_before_the_evidence_or_is_still_to_come(path: Path) -> None:
    today = dt.datetime.now(tz=HONG_KONG).date().isoformat()
    wrong = [(key(r), fault) for r in records(path) for fault in odd_days(r["fields"], today)]
    assert wrong == []


def odd_days(fields: dict[str, Any], today: str) -> list[str]:
    """Return which days of a record cannot be; days are ISO dates, ``today`` too."""
    read_on = fields.get("checked_on") or FIRST_READ_ON
    rules = {
        "checked before any evidence was": read_on >= FIRST_READ_ON,
        "checked in time to come": read_on <= today,
        "to be checked again before it was": (fields.get("check_again_on") or "9") > read_on,
        "published in time to come": (fields.get("published_on") or "") <= today,
        "made in time to come": (fields.get("made_on") or "") <= today,
    }
    return [fault for fault, holds in rules.items() if not holds]


@pytest.mark.parametrize("day", ["2026-08-16", "2026-11-23", "2026-11-30", "2027-01-01"])
def test_any_honest_day_of_a_check_will_do(day: str) -> None:
    assert odd_days({"checked_on": day, "check_again_on": "2027-02-01"}, "2027-01-01") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"checked_on": "2026-08-15"},
        {"checked_on": "2027-01-02"},
        {"checked_on": "2026-12-01", "check_again_on": "2026-12-01"},
        {"published_on": "2027-01-02"},
        {"made_on": "2027-01-02"},
    ],
)
def test_a_day_that_cannot_be_is_found(fields: dict[str, Any]) -> None:
    assert len(odd_days(fields, "2027-01-01")) == 1


@EVERY_FILE
def test_every_statement_has_its_next_check_in_time(path: Path) -> None:
    models = {model._meta.label_lower: model for model in checked_models()}
    for record in records(path):
        fields = record["fields"]
        if (model := models.get(record["model"])) and fields.get("checked_on"):
            statement = model(state=fields["state"], **pick(fields, "kind"))
            latest = next_check_of(statement, dt.date.fromisoformat(fields["checked_on"]))
            assert (fields["check_again_on"] or "9") <= latest.isoformat(), key(record)


def test_little_is_overdue_in_a_guide_that_nobody_touched_for_a_month() -> None:
    statements = [r["fields"] for p in files() for r in records(p) if "state" in r["fields"]]
    newest = dt.date.fromisoformat(max(f["checked_on"] or "" for f in statements))
    later = (newest + dt.timedelta(days=30)).isoformat()
    days = [f["check_again_on"] for f in statements if f["state"] != State.UNKNOWN]
    assert len([day for day in days if day < later]) <= len(days) // 20


def test_every_confirmed_statement_names_a_source_that_ships() -> None:
    shipped = {r["fields"]["url"] for p in files() for r in records(p) if "url" in r["fields"]}
    for path in files():
        for record in records(path):
            fields = record["fields"]
            named = [fields.get("source"), fields.get("other_source"), *fields.get("sources", [])]
            assert {url for [url] in filter(None, named)} <= shipped, key(record)
            assert fields.get("state", "unknown") == "unknown" or fields.get("source"), key(record)
