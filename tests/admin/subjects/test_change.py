"""admin/change.py."""

from django.test import Client

from esimguide.models import Change, Status
from tests.admin.form import errors, said, send
from tests.factories import make_carrier, make_change

ROOT = "/admin/esimguide/change/"


def test_a_note_is_added_and_published(editor: Client) -> None:
    carrier = make_carrier()
    typed = {
        "slug": "fees",
        "made_on": "2026-11-20",
        "text_zh_hant": "更新收費。",
        "carrier": carrier.pk,
    }
    assert send(editor, f"{ROOT}add/", **typed).status_code == 302
    note = Change.objects.get()
    address = f"{ROOT}{note.pk}/change/"
    answer = send(editor, address, status=Status.PUBLISHED)
    assert errors(answer) == {"text_zh_hans": [said("Fill in both languages.")]}
    both = {"status": Status.PUBLISHED, "text_zh_hans": "更新收费。"}
    assert send(editor, address, **both).status_code == 302


def test_a_note_without_a_day_is_refused(editor: Client) -> None:
    note = make_change()
    answer = send(editor, f"{ROOT}{note.pk}/change/", made_on="")
    assert list(errors(answer)) == ["made_on"]
