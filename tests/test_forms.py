"""forms.py: typed values out of query strings, BadRequest for nonsense."""

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from esimguide.forms import (
    AnswerChoices,
    AnswerQuery,
    filter_text,
    parse_answer_query,
    parse_region,
    step_number,
)
from esimguide.models import (
    Capability,
    Carrier,
    Device,
    Place,
    PlanType,
    Region,
    Situation,
)

CHOICES = AnswerChoices(
    carriers={"cmhk": Carrier(slug="cmhk"), "csl": Carrier(slug="csl")},
    situations={"lost": Situation(slug="lost")},
    devices={"iphone-13": Device(slug="iphone-13")},
    capabilities={"data": Capability(slug="data"), "card": Capability(slug="card")},
)


def read(query: str) -> AnswerQuery:
    return parse_answer_query(QueryDict(query), CHOICES)


def test_step_number_reads_a_whole_number() -> None:
    read_as = [step_number({}), step_number({"step": "1"}), step_number({"step": "999"})]
    assert read_as == [None, 1, 999]


@given(st.text())
def test_step_number_is_a_number_or_refused(raw: str) -> None:
    try:
        number = step_number({"step": raw})
    except BadRequest:
        return
    assert str(number) == raw


def test_asked_reads_known_values() -> None:
    told = read("carrier=cmhk&situation=lost&place=mainland&line=prepaid&have=data&have=card")
    assert (told.carrier, told.situation) == (CHOICES.carriers["cmhk"], CHOICES.situations["lost"])
    assert (told.place, told.line, told.ticked) == (
        Place.MAINLAND,
        PlanType.PREPAID,
        ("card", "data"),
    )


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("situation=lost&carrier=cmhk", "carrier=cmhk&situation=lost"),
        ("carrier=csl&carrier=cmhk", "carrier=cmhk"),
        ("carrier=none&place=moon&line=any&x=1", ""),
        ("carrier=unknown&place=unknown", "carrier=unknown&place=unknown"),
        ("have=data&have=card&have=data&have=gold", "have=card&have=data"),
        ("carrier=", ""),
        ("carrier=%00", ""),
        ("device=iphone-13&carrier=cmhk", "carrier=cmhk&device=iphone-13"),
        ("device=nokia", ""),
    ],
)
def test_canonical_query(query: str, canonical: str) -> None:
    assert read(query).query == canonical
    assert read(canonical).query == canonical


@given(st.dictionaries(st.text(), st.text()))
def test_canonical_query_is_stable_on_any_input(pairs: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(pairs)
    canonical = parse_answer_query(query, CHOICES).query
    assert read(canonical).query == canonical


def test_with_answer_keeps_the_others() -> None:
    told = read("carrier=cmhk&have=data&place=mainland")
    assert told.with_answer("place", "macau") == "carrier=cmhk&have=data&place=macau"
    assert told.with_answer("carrier", "") == "have=data&place=mainland"


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("", "carrier"),
        ("place=mainland", "carrier"),
        ("carrier=unknown", "situation"),
        ("carrier=cmhk&situation=unknown", "place"),
        ("carrier=cmhk&place=unknown&situation=lost", ""),
    ],
)
def test_open_question(query: str, question: str) -> None:
    assert read(query).open_question == question


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("hong-kong", Region.HONG_KONG), ("any", None), ("moon", None), ("", None)],
)
def test_region(raw: str, expected: Region | None) -> None:
    assert parse_region({"region": raw}) == expected


@given(st.text())
def test_words_are_short_and_printable(raw: str) -> None:
    typed = filter_text({"q": raw})
    assert len(typed) <= 40
    assert typed.isprintable()
