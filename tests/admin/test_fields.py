"""admin/fields.py: boxes that keep a text as it was, know the calendar, and bear odd keys."""

import pytest
from django.test import Client

from tests.admin.form import errors, send
from tests.factories import make_capability, make_carrier, make_channel, make_fact, pair
from tests.html import soup


def test_saving_an_untouched_text_leaves_it_as_it_was(editor: Client) -> None:
    lines = pair("summary", "一\n\n二", "一\n\n二")
    carrier = make_carrier(**lines)
    typed = {"summary_zh_hant": "一\r\n\r\n二", "summary_zh_hans": "一\r\n\r\n三"}
    send(editor, f"/admin/esimguide/carrier/{carrier.pk}/change/", **typed)
    carrier.refresh_from_db()
    assert (carrier.summary_zh_hant, carrier.summary_zh_hans) == ("一\n\n二", "一\n\n三")


def test_days_are_typed_in_the_browsers_own_calendar(editor: Client) -> None:
    fact = make_fact()
    page = soup(editor.get(f"/admin/esimguide/fact/{fact.pk}/change/"))
    box = page.select_one("#id_checked_on")
    assert box is not None
    assert (box["type"], box["value"]) == ("date", "2026-11-23")


@pytest.mark.parametrize("key", ["9" * 30, "-1", "abc", "", "1.5"])
def test_an_odd_key_among_several_is_an_error(editor: Client, key: str) -> None:
    channel = make_channel()
    need = make_capability()
    address = f"/admin/esimguide/channel/{channel.pk}/change/"
    answer = send(editor, address, needs=[str(need.pk), key])
    assert answer.status_code == 200
    assert len(errors(answer)["needs"]) == 1
    assert list(channel.needs.all()) == []
