"""rows.py: rows that were tampered with, and too many of them."""

from typing import Any

import pytest
from django.test import Client

from esimguide.models import Carrier, Channel, Procedure, Step
from tests.admin.form import add_row, boxes, errors, said, send
from tests.factories import (
    make_channel,
    make_procedure,
    make_situation,
    make_step,
    pair,
)
from tests.html import soup, texts


def make_address() -> str:
    """Make a procedure with two steps; return its form's address."""
    procedure = make_procedure(situations=[make_situation()])
    make_step(procedure=procedure, **pair("title", "A", "A"))
    make_step(procedure=procedure, **pair("title", "B", "B"))
    return f"/admin/esimguide/procedure/{procedure.pk}/change/"


def titles() -> list[str]:
    return [s.title_zh_hant for s in Step.objects.all()]


def many_rows(number: int, **fields: Any) -> dict[str, Any]:
    filled = [add_row("steps", i, **pair("title", "X", "X"), **fields) for i in range(2, number)]
    return {k: v for row in filled for k, v in row.items()} | {"steps-TOTAL_FORMS": str(number)}


def test_as_many_rows_as_the_page_offers(editor: Client) -> None:
    assert send(editor, make_address(), **many_rows(30)).status_code == 302
    assert len(titles()) == 30


@pytest.mark.parametrize("number", [31, 100, 900, 10**6])
def test_more_rows_are_refused_in_words(editor: Client, number: int) -> None:
    changes = many_rows(min(number, 100)) | {"steps-TOTAL_FORMS": str(number)}
    answer = send(editor, make_address(), title_zh_hant="新", **changes)
    assert answer.status_code == 200
    assert len(texts(soup(answer), "#steps-group .errorlist.nonform li")) == 1
    assert titles() == ["A", "B"]


def test_more_boxes_than_django_reads_are_a_bad_request(editor: Client) -> None:
    changes = many_rows(100, **{f"x{i}": "x" for i in range(12)})
    assert send(editor, make_address(), **changes).status_code == 400
    assert titles() == ["A", "B"]


@pytest.mark.parametrize(
    "management",
    [
        {"steps-TOTAL_FORMS": ""},
        {"steps-TOTAL_FORMS": "abc"},
        {"steps-TOTAL_FORMS": "-1"},
        {"steps-INITIAL_FORMS": ""},
        {"steps-INITIAL_FORMS": "99"},
        {"steps-INITIAL_FORMS": "0"},
        {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "1"},
    ],
)
def test_a_wrong_count_of_rows_loses_nothing(editor: Client, management: dict[str, str]) -> None:
    address = make_address()
    answer = send(editor, address, **management)
    assert answer.status_code in {200, 302}
    assert set(titles()) == {"A", "B"}


def test_missing_management_form_is_an_error(editor: Client) -> None:
    address = make_address()
    values = boxes(soup(editor.get(address)))
    kept = {k: v for k, v in values.items() if not k.startswith("steps-")}
    answer = editor.post(address, kept | {"title_zh_hant": "新"})
    assert answer.status_code == 200
    assert Procedure.objects.get().title_zh_hant != "新"
    assert titles() == ["A", "B"]


@pytest.mark.parametrize("key", ["abc", "999", "", "1\x00", "-1"])
def test_a_row_with_an_odd_key_is_an_error(editor: Client, key: str) -> None:
    answer = send(editor, make_address(), steps__0__id=key, steps__0__title_zh_hant="新")
    assert errors(answer) == {
        "": [
            said("Somebody has removed one of these rows meanwhile. Open the page again."),
        ]
    }
    assert titles() == ["A", "B"]


def test_a_row_of_another_procedure_is_not_taken(editor: Client) -> None:
    stranger = make_step(**pair("title", "S", "S"))
    answer = send(editor, make_address(), steps__0__id=stranger.pk)
    assert answer.status_code == 200
    stranger.refresh_from_db()
    assert stranger.title_zh_hant == "S"


def test_the_same_row_twice_breaks_nothing(editor: Client) -> None:
    address = make_address()
    step = Step.objects.get(position=1)
    answer = send(editor, address, steps__1__id=step.pk)
    assert answer.status_code in {200, 302}


def test_a_row_removed_meanwhile_is_said_and_nothing_saved(editor: Client) -> None:
    address = make_address()
    values = boxes(soup(editor.get(address)))
    Step.objects.get(position=2).delete()
    answer = editor.post(address, values | {"title_zh_hant": "新"})
    assert errors(answer)[""] == [
        said("Somebody has removed one of these rows meanwhile. Open the page again.")
    ]
    assert Procedure.objects.get().title_zh_hant != "新"


@pytest.mark.parametrize(
    "typed",
    [
        {"title_zh_hant": "長" * 201},
        {"body_zh_hant": "長" * 20_001, "body_zh_hans": "长"},
        {"title_zh_hans": "甲\x00"},
        {"facts": ["999"]},
        {"facts": ["abc"]},
        {"facts": ["1\x00"]},
    ],
)
def test_a_bad_box_in_a_row_is_an_error_beside_it(editor: Client, typed: dict[str, Any]) -> None:
    answer = send(editor, make_address(), **add_row("steps", 0, **typed), title_zh_hant="新")
    assert list(errors(answer)) == [next(iter(typed))]
    assert titles() == ["A", "B"]
    assert Procedure.objects.get().title_zh_hant != "新"


def test_channels_of_a_carrier_are_saved_in_its_form(editor: Client) -> None:
    channel = make_channel()
    address = f"/admin/esimguide/carrier/{channel.carrier_id}/change/"
    row = {"slug": "shop", "kind": "shop", "line": "any", "state": "unknown", "position": "3"}
    changes = add_row("channels", 1, **row, **pair("label", "門市", "营业厅"))
    assert send(editor, address, **changes).status_code == 302
    assert set(Channel.objects.values_list("slug", flat=True)) == {channel.slug, "shop"}
    again = add_row("channels", 2, **row, **pair("label", "門市", "营业厅"))
    assert send(editor, address, **again).status_code == 200
    assert Carrier.objects.get().channels.count() == 2
