"""admin/check.py: fact after fact, each with one of three answers."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from esimguide.models import Change, Fact, State, Status
from tests.admin.form import boxes, errors, notices, said
from tests.factories import (
    CHECKED_ON,
    make_carrier,
    make_fact,
    make_procedure,
    make_source,
    make_unknown_fact,
)
from tests.html import links, soup, texts

DAY = dt.timedelta(days=1)
NOTE = {"changed-note_zh_hant": "收費改為HK$20。", "changed-note_zh_hans": "收费改为20港元。"}


def make_due(days: int = 0, **fields: Any) -> Fact:
    return make_fact(check_again_on=timezone.localdate() + days * DAY, **fields)


def answer(client: Client, fact: Fact, button: str, **typed: str) -> HttpResponse:
    """Open a fact's page, fill in boxes of all its forms, and press ``button``."""
    address = f"/admin/check/{fact.pk}/"
    values = boxes(soup(client.get(address)))
    values["seen"] = values["seen"][:1]
    return client.post(address, values | typed | {"answer": button})


# ---- the queue ---------------------------------------------------------------------------------


def test_the_queue_begins_with_the_longest_overdue(editor: Client) -> None:
    make_due(14)
    first = make_due(-3)
    make_due(15)
    page = editor.get("/admin/check/")
    assert page.headers["Location"] == f"/admin/check/{first.pk}/"
    shown = soup(editor.get(page.headers["Location"]))
    assert said("Facts due: %(left)s.") % {"left": 2} in texts(shown, ".help")


def test_skipping_leads_on_and_ends_at_the_desk(editor: Client) -> None:
    first, second = make_due(), make_due()
    for fact, following in ((first, f"/admin/check/{second.pk}/"), (second, "/admin/")):
        page = soup(editor.get(f"/admin/check/{fact.pk}/"))
        assert links(page, ".check__answers a.button") == [following]
    assert Fact.objects.filter(checked_on=CHECKED_ON).count() == 2


def test_an_empty_queue_says_so(editor: Client) -> None:
    make_fact()
    page = soup(editor.get("/admin/check/"))
    assert texts(page, "#content-main .button") == [said("To the desk")]


def test_a_fact_stands_beside_its_source_in_both_languages(editor: Client) -> None:
    source = make_source(published_on=dt.date(2026, 1, 2))
    fact = make_due(source=source)
    page = soup(editor.get(f"/admin/check/{fact.pk}/"))
    link = page.select_one('a[target="_blank"]')
    assert link is not None
    assert (link["href"], link["rel"]) == (source.url, ["noopener", "noreferrer"])
    assert texts(page, ".check__values dd") == ["HK$10", "10港元"]
    assert "2026-01-02" in page.text
    assert page.select("[style], style, script:not([src]):not([type='application/json'])") == []


# ---- still right -------------------------------------------------------------------------------


def test_still_right_is_one_button(editor: Client, user: User) -> None:
    fact, following = make_due(-1), make_due()
    sent = answer(editor, fact, "still")
    assert sent.headers["Location"] == f"/admin/check/{following.pk}/"
    fact.refresh_from_db()
    today = timezone.localdate()
    assert (fact.checked_on, fact.checked_by) == (today, user)
    assert fact.check_again_on == today + 60 * DAY
    version = fact.history.latest()
    expected = (user, said("Read the source again."))
    assert (version.history_user, version.history_change_reason) == expected
    page = soup(editor.get(f"/admin/check/{fact.pk}/"))
    lines = texts(page, "#content-main h3 + ul li")
    assert [line.split(" · ")[0] for line in lines] == [f"{today}", f"{CHECKED_ON}"]
    assert lines[0].endswith("mei")


def test_what_has_no_source_cannot_be_read_again(editor: Client) -> None:
    fact = make_unknown_fact(check_again_on=timezone.localdate())
    page = soup(editor.get(f"/admin/check/{fact.pk}/"))
    assert page.select('[value="still"]') == []
    assert answer(editor, fact, "still").status_code == 400


def test_a_fact_changed_meanwhile_is_shown_again(editor: Client) -> None:
    fact = make_due()
    values = boxes(soup(editor.get(f"/admin/check/{fact.pk}/")))
    fact.value_zh_hant = "HK$99"
    fact.save()
    sent = values | {"seen": values["seen"][:1], "answer": "still"}
    answered = editor.post(f"/admin/check/{fact.pk}/", sent, follow=True)
    message = "Somebody has changed this fact meanwhile. Look at it again."
    assert notices(answered) == [said(message)]
    assert Fact.objects.get().checked_on == CHECKED_ON


# ---- changed -----------------------------------------------------------------------------------


def test_a_change_is_saved_with_its_public_note(editor: Client, user: User) -> None:
    carrier = make_carrier()
    fact = make_due(procedure=make_procedure(carrier=carrier))
    new = {"changed-value_zh_hant": "HK$20", "changed-value_zh_hans": "20港元"}
    assert answer(editor, fact, "changed", **new | NOTE).status_code == 302
    fact.refresh_from_db()
    assert (fact.value_zh_hant, fact.value_zh_hans) == ("HK$20", "20港元")
    assert (fact.checked_on, fact.checked_by) == (timezone.localdate(), user)
    note = Change.objects.get()
    assert (note.text_zh_hant, note.status) == ("收費改為HK$20。", Status.PUBLISHED)
    assert (note.carrier, note.made_on) == (carrier, timezone.localdate())
    assert answer(editor, fact, "changed", **new | NOTE).status_code == 302
    assert Change.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"changed-note_zh_hans": ""},
        {"changed-value_zh_hans": ""},
        {"changed-source": "999"},
        {"changed-state": "conflicting"},
        {"changed-amount_min": "abc"},
        {"changed-value_zh_hant": "長" * 501},
        {"changed-note_zh_hant": "\x00"},
    ],
)
def test_a_bad_change_is_an_error_and_saves_nothing(editor: Client, typed: dict[str, str]) -> None:
    fact = make_due()
    new = {"changed-value_zh_hant": "新", "changed-value_zh_hans": "新"}
    sent = answer(editor, fact, "changed", **new | NOTE | typed)
    assert sent.status_code == 200
    assert errors(sent) != {}
    assert soup(sent).select("details[open]") != []
    assert Fact.objects.get().value_zh_hant == "HK$10"
    assert not Change.objects.exists()


# ---- gone --------------------------------------------------------------------------------------


def test_what_is_gone_becomes_not_confirmed(editor: Client, user: User) -> None:
    fact = make_due(amount_min=10, unit=Fact.Unit.HKD)
    typed = {"gone-ask_zh_hant": "收費多少？", "gone-ask_zh_hans": "收多少钱？"}
    assert answer(editor, fact, "gone", **typed).status_code == 302
    fact.refresh_from_db()
    assert (fact.state, fact.source, fact.value_zh_hant) == (State.UNKNOWN, None, "")
    assert (fact.ask_zh_hans, fact.amount_min, fact.unit) == ("收多少钱？", None, "")
    assert (fact.checked_on, fact.checked_by) == (timezone.localdate(), user)


def test_what_is_gone_needs_the_sentence_to_ask_with(editor: Client) -> None:
    fact = make_due()
    sent = answer(editor, fact, "gone", **{"gone-ask_zh_hant": "收費多少？"})
    assert [said("Fill in both languages.")] == errors(sent)["ask_zh_hans"]
    assert Fact.objects.get().state == State.OFFICIAL


# ---- bad input ---------------------------------------------------------------------------------


def test_an_odd_answer_is_a_bad_request(editor: Client) -> None:
    fact = make_due()
    assert answer(editor, fact, "nonsense").status_code == 400
    assert editor.get("/admin/check/999/").status_code == 404
    assert editor.put(f"/admin/check/{fact.pk}/").status_code == 405
