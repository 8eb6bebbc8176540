"""admin/situation.py: situations and capabilities."""

from django.test import Client

from esimguide.models import Situation
from tests.admin.form import errors, rows, said, send
from tests.factories import make_capability, make_situation

ROOT = "/admin/esimguide/situation/"


def test_a_situation_always_has_both_languages(editor: Client) -> None:
    situation = make_situation()
    answer = send(editor, f"{ROOT}{situation.pk}/change/", ask_zh_hant="")
    assert errors(answer) == {"ask_zh_hant": [said("This field is required.")]}


def test_a_capability_keeps_its_position(editor: Client) -> None:
    first, second = make_capability(), make_capability()
    address = f"/admin/esimguide/capability/{second.pk}/change/"
    assert list(errors(send(editor, address, position=first.position))) == ["position"]
    assert list(errors(send(editor, address, position="-1"))) == ["position"]


def test_list_filters_by_urgency(editor: Client) -> None:
    make_situation(title_zh_hant="甲", urgency=Situation.Urgency.WAIT)
    make_situation(title_zh_hant="乙")
    assert [row[0] for row in rows(editor, f"{ROOT}?urgency__exact=wait")] == ["甲"]
