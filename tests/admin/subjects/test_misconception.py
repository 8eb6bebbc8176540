"""admin/misconception.py."""

from django.test import Client

from esimguide.models import Misconception, Status
from tests.admin.form import errors, said, send
from tests.factories import (
    make_carrier,
    make_misconception,
    make_procedure,
    make_situation,
    make_step,
    pair,
)
from tests.html import soup, texts

ROOT = "/admin/esimguide/misconception/"


def test_steps_are_named_after_their_procedure(editor: Client) -> None:
    carrier = make_carrier(name_zh_hant="甲")
    procedure = make_procedure(carrier=carrier, title_zh_hant="補領")
    make_step(procedure=procedure, title_zh_hant="致電")
    page = soup(editor.get(f"{ROOT}add/"))
    assert texts(page, "#id_steps option") == ["甲：補領 · 1. 致電"]


def test_it_hangs_where_the_editor_says(editor: Client) -> None:
    situation, carrier, step = make_situation(), make_carrier(), make_step()
    places = {"situations": [situation.pk], "carriers": [carrier.pk], "steps": [step.pk]}
    typed = pair("claim", "可以再用", "可以再用") | {"slug": "again", **places}
    assert send(editor, f"{ROOT}add/", **typed).status_code == 302
    made = Misconception.objects.get()
    assert (made.situations.get(), made.carriers.get(), made.steps.get()) == (
        situation,
        carrier,
        step,
    )


def test_it_is_published_in_both_languages_only(editor: Client) -> None:
    draft = make_misconception(status=Status.DRAFT, correction_zh_hans="")
    answer = send(editor, f"{ROOT}{draft.pk}/change/", status=Status.PUBLISHED)
    assert errors(answer) == {"correction_zh_hans": [said("Fill in both languages.")]}
    assert Misconception.objects.get().status == Status.DRAFT
