"""What the database itself refuses, whoever writes: each rule broken once."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from esimguide.models import State, Status
from tests.factories import (
    make_carrier,
    make_channel,
    make_document,
    make_fact,
    make_misconception,
    make_procedure,
    make_question,
    make_requirement,
    make_source,
    make_step,
    make_topic,
    make_unknown_fact,
    pair,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


# SQLite's words, and PostgreSQL's
UNIQUE = re.compile(r"UNIQUE constraint failed: |duplicate key value violates unique constraint ")
CHECK = re.compile(
    r"CHECK constraint failed: (\w+)|new row .* violates check constraint \"(\w+)\"",
)


def refused(make: Callable[..., object], **fields: Any) -> str:
    """Return the name of the check that refuses the record, "UNIQUE", or nothing."""
    try:
        with transaction.atomic():
            make(**fields)
    except IntegrityError as error:
        words = str(error).partition("\n")[0]
        return "UNIQUE" if UNIQUE.match(words) else CHECK.sub(r"\1\2", words)
    return ""


ONE_SIDED = pair("title", "標題", "")


@pytest.mark.parametrize(
    ("make", "fields", "constraint"),
    [
        (make_topic, ONE_SIDED, "topic_published_in_both_languages"),
        (make_topic, ONE_SIDED | {"status": Status.DRAFT}, ""),
        (make_procedure, ONE_SIDED, "procedure_published_in_both_languages"),
        (make_procedure, pair("before", "先看", ""), "procedure_published_in_both_languages"),
        (make_carrier, pair("name", "名", ""), "carrier_published_in_both_languages"),
        (make_question, pair("answer", "", ""), "question_published_in_both_languages"),
        (make_misconception, pair("claim", "", "说"), "misconception_published_in_both_languages"),
        (make_step, ONE_SIDED, "step_in_both_languages"),
        (make_step, pair("caution", "小心", ""), "step_in_both_languages"),
        (make_document, pair("name", "", "卡套"), "document_in_both_languages"),
        (make_fact, {"source": None}, "fact_confirmed_has_source_and_date"),
        (make_fact, {"checked_on": None}, "fact_confirmed_has_source_and_date"),
        (make_channel, {"value": "javascript:alert(1)"}, "channel_leads_nowhere_odd"),
        (make_channel, {"value": "https://www.example.org/a"}, ""),
        (make_source, {"url": "javascript:alert(1)"}, "source_is_on_the_web"),
        (make_channel, {"source": None}, "channel_confirmed_has_source_and_date"),
        (make_procedure, {"source": None}, "procedure_confirmed_has_source_and_date"),
        (make_misconception, {"source": None}, "misconception_confirmed_has_source_and_date"),
        (make_procedure, {"source": None, "state": State.UNKNOWN}, ""),
        (make_fact, pair("value", "", ""), "fact_has_a_value_or_a_question_to_ask"),
        (make_unknown_fact, pair("ask", "", ""), "fact_has_a_value_or_a_question_to_ask"),
        (make_unknown_fact, {"amount_min": 1}, "fact_amount_has_its_unit"),
        (
            make_fact,
            {"amount_min": Decimal(-1), "unit": "hkd"},
            "fact_amounts_in_order_from_zero",
        ),
        (
            make_fact,
            {"amount_min": 5, "amount_max": 1, "unit": "hkd"},
            "fact_amounts_in_order_from_zero",
        ),
        (make_fact, {"amount_min": 1, "amount_max": 5, "unit": "hkd"}, ""),
        (make_fact, {"state": State.CONFLICTING}, "fact_shows_both_values_when_conflicting"),
        (
            make_fact,
            pair("other_value", "另", "另"),
            "fact_shows_both_values_when_conflicting",
        ),
        (make_fact, {"carrier": None}, "fact_belongs_to_one"),
        (make_step, {"position": 0}, "step_position_from_one"),
        (make_step, {"is_alternative": True}, "step_first_is_no_alternative"),
        (make_question, {"topic": None}, "question_hangs_on_something"),
    ],
)
def test_check_constraint(
    make: Callable[..., object], fields: dict[str, Any], constraint: str
) -> None:
    assert refused(make, **fields) == constraint


def test_fact_belongs_to_no_two_owners() -> None:
    fields = {"carrier": make_carrier(), "topic": make_topic()}
    assert refused(make_fact, **fields) == "fact_belongs_to_one"


def test_carrier_cannot_host_itself() -> None:
    carrier = make_carrier()
    carrier.host = carrier
    assert refused(carrier.save) == "carrier_hosts_another"


def test_two_steps_cannot_share_a_position() -> None:
    step = make_step()
    assert refused(make_step, procedure=step.procedure, position=1) == "UNIQUE"


def test_a_document_stands_once_in_a_procedure() -> None:
    asked = make_requirement()
    fields = {"procedure": asked.procedure, "document": asked.document}
    assert refused(make_requirement, **fields) == "UNIQUE"


def test_slugs_are_unique_where_addresses_need_it() -> None:
    carrier = make_carrier()
    make_procedure(carrier=carrier, slug="lost")
    make_procedure(slug="lost")
    assert refused(make_procedure, carrier=carrier, slug="lost") == "UNIQUE"
    assert refused(make_procedure, slug="lost") == "UNIQUE"
    make_procedure(carrier=make_carrier(), slug="lost")
    channel = make_channel()
    fields = {"carrier": channel.carrier, "slug": channel.slug}
    assert refused(make_channel, **fields) == "UNIQUE"


def test_a_source_is_stored_once() -> None:
    assert refused(make_source, url=make_source().url) == "UNIQUE"
