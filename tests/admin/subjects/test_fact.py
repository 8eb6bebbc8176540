"""admin/fact.py: one question, one answer, one owner."""

from typing import Any

import pytest
from django.test import Client

from esimguide.models import Fact, State
from tests.admin.form import errors, rows, said, send
from tests.factories import (
    make_carrier,
    make_fact,
    make_procedure,
    make_report,
    make_source,
    make_topic,
    pair,
)
from tests.html import links, soup, texts

FACTS = "/admin/esimguide/fact/"
NO_VALUE = (
    "A confirmed fact needs its value; an unconfirmed one needs the sentence to ask with, and no"
    " value."
)


def typed(**fields: Any) -> dict[str, Any]:
    """Return what an editor types into an empty form."""
    return {
        "slug": "fee",
        "kind": Fact.Kind.FEE,
        **pair("label", "收費", "收费"),
        **pair("value", "HK$10", "10港元"),
        "state": State.OFFICIAL,
        "checked_on": "2026-11-20",
        **fields,
    }


def test_a_fact_is_added(editor: Client) -> None:
    answer = send(editor, f"{FACTS}add/", **typed(source=make_source().pk, topic=make_topic().pk))
    assert answer.status_code == 302
    assert Fact.objects.get().value_zh_hans == "10港元"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"carrier": ""}, "A fact belongs to one carrier, procedure, topic or service."),
        (pair("value", "", ""), NO_VALUE),
        ({"state": "unknown"}, NO_VALUE),
        (
            {"state": "conflicting"},
            "“Conflicting” shows both values, each with its source; other states show one.",
        ),
        ({"amount_min": "5"}, "An amount needs its unit, and a unit its amount."),
        (
            {"amount_min": "5", "amount_max": "4", "unit": "hkd"},
            "Amounts start at zero, the smaller one first.",
        ),
    ],
)
def test_a_rule_that_is_broken_is_named(
    editor: Client, fields: dict[str, str], message: str
) -> None:
    owner = {"carrier": make_carrier().pk, "source": make_source().pk}
    answer = send(editor, f"{FACTS}add/", **typed(**owner) | fields)
    assert errors(answer) == {"": [said(message)]}
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"amount_min": "-1"},
        {"amount_min": "abc"},
        {"amount_min": "9" * 30},
        {"amount_min": "NaN"},
        {"unit": "pounds"},
        {"source": "999"},
        {"source": "abc"},
        {"procedure": "1\x00"},
        {"slug": "a b"},
        {"value_zh_hant": "長" * 501},
    ],
)
def test_a_bad_box_is_an_error_beside_it(editor: Client, fields: dict[str, str]) -> None:
    fact = make_fact()
    answer = send(editor, f"{FACTS}{fact.pk}/change/", label_zh_hant="新", **fields)
    assert next(iter(fields)) in errors(answer)
    assert Fact.objects.get().label_zh_hant == fact.label_zh_hant


def test_list_names_the_owner(editor: Client) -> None:
    carrier = make_carrier(name_zh_hant="甲")
    make_fact(position=1, carrier=carrier)
    make_fact(position=2, procedure=make_procedure(carrier=carrier, title_zh_hant="補領"))
    make_fact(position=3, topic=make_topic(title_zh_hant="主題"))
    assert [row[4] for row in rows(editor, FACTS)] == ["甲", "甲：補領", "主題"]


def test_list_filters(editor: Client) -> None:
    fact = make_fact(value_zh_hant="甲", kind=Fact.Kind.GRACE)
    make_fact(value_zh_hant="乙", state=State.REPORTED, position=1)

    def found(query: str) -> list[str]:
        return [row[2] for row in rows(editor, f"{FACTS}?{query}")]

    assert found("state__exact=reported") == ["乙"]
    assert found("kind__exact=grace") == ["甲"]
    assert found(f"carrier__id__exact={fact.carrier_id}") == ["甲"]
    assert found(f"q={fact.carrier.slug if fact.carrier else ''}") == []


def test_what_readers_say_stands_beside_the_fields(editor: Client) -> None:
    fact = make_fact(carrier=make_carrier())
    report = make_report(fact=fact, met_at="旺角門市", fee=80)
    make_report(fact=fact, folder="spam")
    page = soup(editor.get(f"/admin/esimguide/fact/{fact.pk}/change/"))
    assert texts(page, ".field-what_readers_say a") == [str(report.received_at.date())]
    assert links(page, ".field-what_readers_say a") == [
        f"/admin/esimguide/report/{report.pk}/change/"
    ]
    assert "有誤或過時；收了HK$80；HK$80；旺角門市" in texts(page, ".field-what_readers_say")[0]
