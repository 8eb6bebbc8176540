"""admin/step.py: rows in their order, the facts on offer, the rows' own pages."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esimguide.models import Procedure, Requirement, Step
from tests.admin.form import add_row, boxes, errors, said, send
from tests.factories import (
    make_carrier,
    make_document,
    make_fact,
    make_procedure,
    make_requirement,
    make_situation,
    make_step,
    pair,
)
from tests.html import links, soup, texts


def make_steps(titles: str) -> Procedure:
    """Make a published procedure with one step a letter."""
    procedure = make_procedure(situations=[make_situation()])
    for title in titles:
        make_step(procedure=procedure, **pair("title", title, title))
    return procedure


def address(procedure: Procedure) -> str:
    return f"/admin/esimguide/procedure/{procedure.pk}/change/"


def order(procedure: Procedure) -> list[tuple[int, str]]:
    return list(procedure.steps.values_list("position", "title_zh_hant"))


def new_step(number: int, title: str, **fields: Any) -> dict[str, Any]:
    return add_row("steps", number, **pair("title", title, title), **fields)


# ---- order -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, "ABC"),
        ({0: "2", 1: "1"}, "BAC"),
        ({0: "3", 2: "1"}, "CBA"),
        ({0: "2", 1: "3", 2: "1"}, "CAB"),
        ({0: "99"}, "BCA"),
        ({2: "0"}, "CAB"),
        ({2: "1.5"}, "ACB"),
        ({0: "2"}, "ABC"),
        ({2: "1"}, "ACB"),
        ({0: "5", 1: "5", 2: "5"}, "ABC"),
        ({0: "", 1: "", 2: ""}, "ABC"),
        ({0: "9", 1: "", 2: "0"}, "CBA"),
    ],
)
def test_rows_are_counted_anew_by_the_number_typed(
    editor: Client, typed: dict[int, str], expected: str
) -> None:
    procedure = make_steps("ABC")
    changes = {f"steps__{row}__order": number for row, number in typed.items()}
    assert send(editor, address(procedure), **changes).status_code == 302
    assert order(procedure) == list(enumerate(expected, start=1))


@pytest.mark.parametrize(("number", "expected"), [("", "ABX"), ("1.5", "AXB"), ("0", "XAB")])
def test_a_new_row_goes_where_its_number_says_or_last(
    editor: Client, number: str, expected: str
) -> None:
    procedure = make_steps("AB")
    changes = new_step(2, "X", order=number)
    assert send(editor, address(procedure), **changes).status_code == 302
    assert order(procedure) == list(enumerate(expected, start=1))


def test_a_deleted_row_closes_the_gap(editor: Client) -> None:
    procedure = make_steps("ABCD")
    changes = {"steps__1__DELETE": "on", "steps__3__order": "0", **new_step(4, "X", order="1")}
    assert send(editor, address(procedure), **changes).status_code == 302
    assert order(procedure) == [(1, "D"), (2, "A"), (3, "X"), (4, "C")]


def test_a_row_that_only_moves_keeps_a_version_and_others_none(editor: Client, user: User) -> None:
    procedure = make_steps("ABC")
    send(editor, address(procedure), steps__0__order="2", steps__1__order="1")
    versions = [[v.history_user for v in step.history.all()] for step in procedure.steps.all()]
    assert versions == [[user, None], [user, None], [None]]


@pytest.mark.parametrize(("number", "expected"), [("", "ABMX"), ("0", "XABM")])
def test_a_row_added_meanwhile_by_somebody_else_keeps_its_place(
    editor: Client, number: str, expected: str
) -> None:
    procedure = make_steps("AB")
    values = boxes(soup(editor.get(address(procedure))))
    make_step(procedure=procedure, **pair("title", "M", "M"))
    new = {"steps-2-title_zh_hant": "X", "steps-2-title_zh_hans": "X", "steps-2-order": number}
    told = editor.post(address(procedure), values | new)
    assert order(procedure) == [(1, "A"), (2, "B"), (3, "M")]
    assert editor.post(address(procedure), boxes(soup(told))).status_code == 302
    assert order(procedure) == list(enumerate(expected, start=1))


@pytest.mark.parametrize(
    "number", ["-1", "abc", "1e9", "NaN", "Infinity", "1" * 40, "1.234", "1\x00"]
)
def test_an_odd_number_is_an_error_beside_the_box(editor: Client, number: str) -> None:
    procedure = make_steps("AB")
    answer = send(editor, address(procedure), steps__1__order=number, steps__0__title_zh_hant="新")
    assert list(errors(answer)) == ["order"]
    assert order(procedure) == [(1, "A"), (2, "B")]


def test_the_first_row_is_no_alternative(editor: Client) -> None:
    procedure = make_steps("AB")
    expected = {"is_alternative": [said("The first step cannot be an alternative.")]}
    assert errors(send(editor, address(procedure), steps__0__is_alternative="on")) == expected
    moved = {"steps__1__is_alternative": "on", "steps__1__order": "0"}
    assert errors(send(editor, address(procedure), **moved)) == expected
    left = {"steps__1__is_alternative": "on", "steps__0__DELETE": "on"}
    assert errors(send(editor, address(procedure), **left)) == expected
    assert order(procedure) == [(1, "A"), (2, "B")]
    assert send(editor, address(procedure), steps__1__is_alternative="on").status_code == 302


def test_requirements_are_ordered_alike(editor: Client) -> None:
    procedure = make_steps("A")
    first, second, third = (
        make_requirement(procedure=procedure, document=make_document()) for _ in range(3)
    )
    changes = {"requirements__2__order": "0", "requirements__0__DELETE": "on"}
    assert send(editor, address(procedure), **changes).status_code == 302
    assert list(procedure.requirements.values_list("pk", "position")) == [
        (third.pk, 1),
        (second.pk, 2),
    ]
    assert not Requirement.objects.filter(pk=first.pk).exists()


def test_a_document_stands_once_in_a_procedure(editor: Client) -> None:
    procedure = make_steps("A")
    document = make_requirement(procedure=procedure).document
    row = add_row("requirements", 1, document=document.pk, necessity="required", form="copy")
    assert send(editor, address(procedure), **row).status_code == 200
    assert procedure.requirements.count() == 1


# ---- facts -------------------------------------------------------------------------------------


def test_a_step_offers_the_facts_of_its_procedure_and_carrier(editor: Client) -> None:
    carrier = make_carrier()
    procedure = make_procedure(carrier=carrier, situations=[make_situation()])
    step = make_step(procedure=procedure)
    step.facts.add(make_fact(label_zh_hant="早選"))
    own = make_fact(procedure=procedure, label_zh_hant="手續")
    make_fact(carrier=carrier, label_zh_hant="電訊商")
    stranger = make_fact(label_zh_hant="別家")
    page = soup(editor.get(address(procedure)))
    offered = texts(page, "#id_steps-0-facts label")
    assert sorted(offered) == ["手續：HK$10", "早選：HK$10", "電訊商：HK$10"]
    assert send(editor, address(procedure), steps__0__facts=[own.pk]).status_code == 302
    assert list(step.facts.all()) == [own]
    answer = send(editor, address(procedure), steps__0__facts=[stranger.pk])
    assert list(errors(answer)) == ["facts"]


def test_queries_of_the_form_do_not_grow(editor: Client) -> None:
    carrier = make_carrier()
    procedure = make_procedure(carrier=carrier, situations=[make_situation()])

    def grow() -> None:
        fact = make_fact(carrier=carrier)
        make_step(procedure=procedure).facts.add(fact)
        make_requirement(procedure=procedure)

    grow()
    editor.get(address(procedure))
    with CaptureQueriesContext(connection) as one:
        editor.get(address(procedure))
    grow()
    grow()
    with CaptureQueriesContext(connection) as three:
        editor.get(address(procedure))
    assert len(one) == len(three)


# ---- the rows' own pages -----------------------------------------------------------------------


def test_a_row_leads_to_its_versions(editor: Client) -> None:
    procedure = make_steps("A")
    make_requirement(procedure=procedure)
    page = soup(editor.get(address(procedure)))
    rows = (Step.objects.get(), Requirement.objects.get())
    assert links(page, ".field-past a") == [
        f"/admin/esimguide/{type(row).__name__.lower()}/{row.pk}/history/" for row in rows
    ]


def test_a_rows_own_page_is_to_look_at(editor: Client) -> None:
    step = make_steps("AB").steps.get(position=2)
    root = "/admin/esimguide/step/"
    page = soup(editor.get(f"{root}{step.pk}/change/"))
    assert page.select("[name=_save], .deletelink, #step_form input[type=text]") == []
    assert editor.get(f"{root}add/").status_code == 403
    assert editor.post(f"{root}{step.pk}/change/", {"title_zh_hant": "X"}).status_code == 403
    assert editor.post(f"{root}{step.pk}/delete/", {"post": "yes"}).status_code == 403
    version = f"{root}{step.pk}/history/{step.history.get().pk}/"
    assert soup(editor.get(version)).select("[name=_save]") == []
    data = {"action": "delete_selected", "_selected_action": step.pk, "post": "yes"}
    editor.post(root, data)
    assert Step.objects.count() == 2
