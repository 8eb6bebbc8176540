"""synonym.py."""

import datetime as dt

from django.test import Client

from esimguide.models import Synonym, ZeroResultSearch
from tests.admin.form import errors, send
from tests.factories import make_carrier

MISSES = "/admin/esimguide/zeroresultsearch/"


def test_a_search_word_stands_for_one_thing(editor: Client) -> None:
    carrier = make_carrier()
    address = "/admin/esimguide/synonym/add/"
    assert list(errors(send(editor, address, word="三香港"))) == [""]  # of the whole form
    assert send(editor, address, word="三香港", carrier=str(carrier.pk)).status_code == 302
    assert Synonym.objects.get().carrier == carrier


def test_a_search_without_a_hit_becomes_a_search_word(editor: Client) -> None:
    misses = [
        ZeroResultSearch.objects.create(day=dt.date(2026, 11, 25), query=q)
        for q in ("火星", "木星")
    ]
    ticked = {"action": "add_as_synonym", "_selected_action": [misses[0].pk]}
    response = editor.post(MISSES, ticked)
    assert response["Location"] == "/admin/esimguide/synonym/add/?word=%E7%81%AB%E6%98%9F"
    ticked["_selected_action"] = [m.pk for m in misses]
    assert editor.post(MISSES, ticked)["Location"] == MISSES


def test_editors_cannot_invent_a_miss(editor: Client) -> None:
    assert editor.get(f"{MISSES}add/").status_code == 403
