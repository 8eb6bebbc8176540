"""admin/procedure/public_note.py: what readers are told about a changed procedure."""

import pytest
from django.test import Client

from esimguide.models import Change, Procedure
from tests.admin.form import errors, said, send
from tests.factories import make_change, make_procedure, make_situation, make_step, pair
from tests.html import soup

NOTE = pair("public_note", "更新步驟。", "更新步骤。")


def address(procedure: Procedure, page: str = "change") -> str:
    return f"/admin/esimguide/procedure/{procedure.pk}/{page}/"


@pytest.fixture
def live(db: None) -> Procedure:
    procedure = make_procedure(slug="replace", situations=[make_situation()])
    make_step(procedure=procedure)
    return procedure


def test_a_public_note_shows_on_the_procedures_page(editor: Client, live: Procedure) -> None:
    editor.post(address(live, "start"))
    send(editor, address(Procedure.objects.get(replaces=live), "publish"), **NOTE)
    page = soup(Client().get(live.get_absolute_url()))
    assert "更新步驟。" in page.text


def test_a_note_in_one_language_holds_the_copy_back(editor: Client, live: Procedure) -> None:
    editor.post(address(live, "start"))
    copy = Procedure.objects.get(replaces=live)
    answer = send(editor, address(copy, "publish"), public_note_zh_hant="更新步驟。")
    assert errors(answer) == {"": [said("Fill in both languages.")]}
    assert Procedure.objects.filter(pk=copy.pk).exists()
    assert not Change.objects.exists()


def test_a_note_is_published_whatever_was_deleted_before(editor: Client, live: Procedure) -> None:
    for _ in range(2):
        assert send(editor, address(live), **NOTE).status_code == 302
        make_change()
    Change.objects.filter(slug__startswith="change-").first().delete()
    for _ in range(2):
        assert send(editor, address(live), **NOTE).status_code == 302
    assert Change.objects.filter(procedure=live).count() == 4
