"""overwrite_guard.py: the second of two editors of a message or an account."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from esimguide.models import Folder
from tests.admin.form import boxes, enter, errors, said, send
from tests.factories import make_inquiry, make_report
from tests.html import soup

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
REPORTS, QUESTIONS = "/admin/esimguide/report/", "/admin/esimguide/inquiry/"
ACCOUNTS = "/admin/auth/user/"


def told_of(answer: HttpResponse) -> dict[str, str]:
    """Return what another has saved in each box; the form must say above that somebody has."""
    found = errors(answer)
    assert found.pop("") == [
        said("Somebody else has saved this meanwhile."),
        said("Saving again keeps what the form shows now."),
    ]
    theirs = said("theirs, saved:")
    assert all(words.startswith(f"{theirs} ") for [words] in found.values())
    return {box: words.removeprefix(f"{theirs} ") for box, [words] in found.items()}


def test_the_second_of_two_editors_is_told_and_loses_nothing(editor: Client) -> None:
    inquiry = make_inquiry()
    form = f"{QUESTIONS}{inquiry.pk}/change/"
    opened = boxes(soup(editor.get(form)))
    assert editor.post(form, opened | {"answer": "第一個\n回答"}).status_code == 302
    told = editor.post(form, opened | {"answer": "第二個回答", "internal_note": "我的備註"})
    assert told_of(told) == {"answer": "第一個 回答", "folder": str(Folder.DONE.label)}
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


def test_the_second_of_two_administrators_is_told(client: Client) -> None:
    call_command("load_roles", verbosity=0)
    ann = User.objects.create_user("ann", is_staff=True)
    ann.groups.add(Group.objects.get(name="administrator"))
    enter(client, ann)
    lan = User.objects.create_user("lan", is_staff=True)
    reviewer, writer = (Group.objects.get(name=name) for name in ("reviewer", "writer"))
    form = f"{ACCOUNTS}{lan.pk}/change/"
    opened = boxes(soup(client.get(form)))
    first = opened | {"groups": [str(reviewer.pk)], "is_active": []}
    assert client.post(form, first).status_code == 302

    told = client.post(form, opened | {"groups": [str(writer.pk)], "first_name": "美"})
    assert told_of(told) == {"groups": "審閱人", "is_active": "否"}
    lan.refresh_from_db()
    assert (lan.first_name, lan.is_active, [*lan.groups.all()]) == ("", False, [reviewer])

    held = boxes(soup(told))
    assert client.post(form, held).status_code == 302
    lan.refresh_from_db()
    assert (lan.first_name, lan.is_active, [*lan.groups.all()]) == ("美", False, [writer])
