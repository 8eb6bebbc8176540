"""admin/overtaken.py: the second of two editors of a message or an account."""

import pytest
from django.test import Client

from esimguide.models import Folder
from tests.admin.form import boxes, errors, said, send
from tests.factories import make_inquiry, make_report
from tests.reading import soup

pytestmark = pytest.mark.django_db
REPORTS, QUESTIONS = "/admin/esimguide/report/", "/admin/esimguide/inquiry/"


def test_the_second_of_two_editors_is_told_and_loses_nothing(editor: Client) -> None:
    inquiry = make_inquiry()
    form = f"{QUESTIONS}{inquiry.pk}/change/"
    opened = boxes(soup(editor.get(form)))
    assert editor.post(form, opened | {"answer": "第一個\n回答"}).status_code == 302
    told = editor.post(form, opened | {"answer": "第二個回答", "internal_note": "我的備註"})
    theirs = said("theirs, saved:")
    assert errors(told) == {
        "": [
            said("Somebody else has saved this meanwhile."),
            said("Saving again keeps what the form shows now."),
        ],
        "answer": [f"{theirs} 第一個 回答"],
        "folder": [f"{theirs} {Folder.DONE.label}"],
    }
    held = boxes(soup(told))
    shown = [held[name] for name in ("answer", "internal_note", "folder")]
    assert shown == [["第二個回答"], ["我的備註"], ["done"]]
    inquiry.refresh_from_db()
    assert (inquiry.answer, inquiry.internal_note) == ("第一個\n回答", "")

    assert editor.post(form, held).status_code == 302
    inquiry.refresh_from_db()
    assert (inquiry.answer, inquiry.internal_note) == ("第二個回答", "我的備註")
    assert send(editor, form, internal_note="改").status_code == 302


def test_a_form_that_carries_nothing_is_held(editor: Client) -> None:
    report = make_report()
    answer = editor.post(f"{REPORTS}{report.pk}/change/", {"folder": "done"})
    assert answer.status_code == 200
    report.refresh_from_db()
    assert report.folder == "inbox"
