"""admin/procedure.py: the form, publishing, and the list."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from esimguide.models import Channel, Procedure, State, Status
from tests.admin.form import errors, rows, said, send
from tests.factories import (
    make_capability,
    make_carrier,
    make_fact,
    make_procedure,
    make_situation,
    make_step,
    pair,
)

BOTH, REQUIRED = "Fill in both languages.", "This field is required."
ADD = "/admin/esimguide/procedure/add/"


def change(procedure: Procedure) -> str:
    return f"/admin/esimguide/procedure/{procedure.pk}/change/"


def draft(**fields: Any) -> dict[str, Any]:
    """Return what an editor types into an empty form, without steps."""
    return {
        "slug": "replace",
        **pair("title", "補領", "补办"),
        **pair("summary", "到門市。", "到营业厅。"),
        "by": Channel.Kind.SHOP,
        "situations": [make_situation().pk],
        **fields,
    }


def first_step(**fields: Any) -> dict[str, Any]:
    return {f"steps__0__{k}": v for k, v in (pair("title", "致電", "打电话") | fields).items()}


def test_a_procedure_is_added_with_its_steps(editor: Client) -> None:
    answer = send(editor, ADD, **draft(status=Status.PUBLISHED), **first_step())
    assert answer.status_code == 302
    procedure = Procedure.objects.get()
    assert [s.title_zh_hans for s in procedure.steps.all()] == ["打电话"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, {"": ["A published procedure needs at least one step."]}),
        ({"title_zh_hans": "", **first_step()}, {"title_zh_hans": [BOTH]}),
        ({"summary_zh_hant": "", **first_step()}, {"summary_zh_hant": [BOTH]}),
        ({"before_zh_hant": "先做", **first_step()}, {"before_zh_hans": [BOTH]}),
        ({"situations": [], **first_step()}, {"situations": [REQUIRED]}),
        (first_step(title_zh_hans=""), {"title_zh_hans": [REQUIRED, BOTH]}),
        (first_step(body_zh_hant="說明"), {"body_zh_hans": [BOTH]}),
    ],
)
def test_an_incomplete_procedure_is_not_published_and_nothing_is_saved(
    editor: Client, typed: dict[str, Any], expected: dict[str, list[str]]
) -> None:
    answer = send(editor, ADD, **draft(status=Status.PUBLISHED) | typed)
    assert answer.status_code == 200
    assert errors(answer) == {box: list(map(said, words)) for box, words in expected.items()}
    assert not Procedure.objects.exists()


def test_a_draft_may_have_one_language_and_no_step(editor: Client) -> None:
    one_sided = {"title_zh_hans": "", "summary_zh_hans": "", "summary_zh_hant": ""}
    assert send(editor, ADD, **draft() | one_sided).status_code == 302
    assert Procedure.objects.get().status == Status.DRAFT


def test_publishing_without_steps_leaves_the_draft_as_it_was(editor: Client) -> None:
    procedure = make_procedure(status=Status.DRAFT, situations=[make_situation()])
    answer = send(editor, change(procedure), status=Status.PUBLISHED, title_zh_hant="新")
    assert errors(answer) == {"": [said("A published procedure needs at least one step.")]}
    assert Procedure.objects.get().title_zh_hant == procedure.title_zh_hant


def test_the_last_step_of_a_published_procedure_stays(editor: Client) -> None:
    procedure = make_procedure(situations=[make_situation()])
    make_step(procedure=procedure)
    answer = send(editor, change(procedure), steps__0__DELETE="on")
    assert errors(answer) == {"": [said("A published procedure needs at least one step.")]}
    assert procedure.steps.count() == 1


def test_a_wrong_row_saves_nothing_of_the_whole_form(editor: Client) -> None:
    procedure = make_procedure(situations=[make_situation()])
    make_step(procedure=procedure)
    versions = procedure.history.count()
    answer = send(editor, change(procedure), title_zh_hant="新", steps__0__title_zh_hant="")
    assert answer.status_code == 200
    assert Procedure.objects.get().title_zh_hant == procedure.title_zh_hant
    assert procedure.history.count() == versions


def test_a_slug_stands_once_a_carrier_and_once_in_general(editor: Client) -> None:
    carrier = make_carrier()
    make_procedure(carrier=carrier, slug="replace")
    make_procedure(slug="general")
    expected = {"slug": [said("This carrier already has a procedure with this slug.")]}
    assert errors(send(editor, ADD, **draft(carrier=carrier.pk, slug="replace"))) == expected
    assert errors(send(editor, ADD, **draft(slug="general"))) == expected
    assert send(editor, ADD, **draft(slug="replace")).status_code == 302


def test_situations_and_capabilities_are_ticked(editor: Client) -> None:
    procedure = make_procedure(status=Status.DRAFT, situations=[make_situation()])
    other, need = make_situation(), make_capability()
    send(editor, change(procedure), situations=[other.pk], needs=[need.pk])
    assert list(procedure.situations.all()) == [other]
    assert list(procedure.needs.all()) == [need]
    for bad in (["abc"], ["999"], ["1\x00"]):
        assert send(editor, change(procedure), situations=bad).status_code == 200
    assert list(procedure.situations.all()) == [other]


def test_history_names_the_editor_once_for_procedure_and_step(editor: Client, user: User) -> None:
    procedure = make_procedure(status=Status.DRAFT, situations=[make_situation()])
    step = make_step(procedure=procedure)
    send(editor, change(procedure), title_zh_hant="新", steps__0__title_zh_hant="新")
    assert [v.history_user for v in procedure.history.all()] == [user, None, None]
    assert [v.history_user for v in step.history.all()] == [user, None]


def test_list_filters(editor: Client) -> None:
    carrier = make_carrier()
    shop = make_procedure(position=1, title_zh_hant="甲", situations=[make_situation(slug="lost")])
    make_procedure(
        position=2,
        title_zh_hant="乙",
        carrier=carrier,
        status=Status.DRAFT,
        state=State.UNKNOWN,
        by=Channel.Kind.HOTLINE,
    )

    def found(query: str) -> list[str]:
        return [row[0] for row in rows(editor, f"/admin/esimguide/procedure/?{query}")]

    situation = shop.situations.get()
    assert found("status__exact=published") == ["甲"]
    assert found("state__exact=unknown") == ["乙"]
    assert found("by__exact=hotline") == ["乙"]
    assert found(f"carrier__id__exact={carrier.pk}") == ["乙"]
    assert found("carrier__isnull=True") == ["甲"]
    assert found(f"situations__id__exact={situation.pk}") == ["甲"]
    assert found("due=later&missing=none") == ["甲", "乙"]


def test_deleting_a_procedure_takes_its_steps_and_facts(editor: Client) -> None:
    procedure = make_step(procedure=make_procedure()).procedure
    make_fact(procedure=procedure)
    answer = editor.post(f"/admin/esimguide/procedure/{procedure.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not Procedure.objects.exists()
