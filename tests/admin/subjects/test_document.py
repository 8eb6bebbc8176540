"""admin/document.py."""

from django.test import Client

from esimguide.models import Document
from tests.admin.form import errors, said, send
from tests.factories import make_document, make_requirement

ROOT = "/admin/esimguide/document/"


def test_a_document_always_has_both_languages(editor: Client) -> None:
    document = make_document()
    answer = send(editor, f"{ROOT}{document.pk}/change/", if_missing_zh_hans="")
    assert errors(answer) == {"if_missing_zh_hans": [said("This field is required.")]}


def test_a_position_stands_once(editor: Client) -> None:
    first, second = make_document(), make_document()
    answer = send(editor, f"{ROOT}{second.pk}/change/", position=first.position)
    assert list(errors(answer)) == ["position"]


def test_a_document_in_use_is_not_deleted(editor: Client) -> None:
    document = make_requirement().document
    editor.post(f"{ROOT}{document.pk}/delete/", {"post": "yes"})
    data = {"action": "delete_selected", "_selected_action": document.pk, "post": "yes"}
    editor.post(ROOT, data)
    assert Document.objects.get() == document
