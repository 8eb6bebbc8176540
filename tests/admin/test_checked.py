"""admin/checked.py: what is due, and marking as checked."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from esimguide.admin.checked import CHECK_DAYS, CHECK_DAYS_BY_MODEL, next_check_of
from esimguide.models import Checked, Fact, State
from esimguide.models.checked import is_overdue
from tests.admin.form import notices, rows, said, send
from tests.factories import (
    CHECKED_ON,
    make_carrier,
    make_channel,
    make_fact,
    make_misconception,
    make_procedure,
    make_source,
    make_unknown_fact,
)
from tests.html import soup

DAY = dt.timedelta(days=1)
FACTS = "/admin/esimguide/fact/"


def mark(client: Client, address: str, *records: Model) -> list[str]:
    """Tick ``records``, run the action, and return what the page says then."""
    keys = [record.pk for record in records]
    data = {"action": "mark_checked", "_selected_action": keys}
    return notices(client.post(address, data, follow=True))


# ---- what is due -------------------------------------------------------------------------------


def test_due_filter_knows_the_day(editor: Client) -> None:
    today = timezone.localdate()
    for position, days in enumerate((-1, 0, 14, 15)):
        make_fact(position=position, value_zh_hant=str(days), check_again_on=today + days * DAY)
    make_fact(position=9, value_zh_hant="none", check_again_on=None)
    make_unknown_fact(position=10, label_zh_hant="未找到", check_again_on=today - DAY)

    def found(choice: str) -> list[str]:
        return [row[2] for row in rows(editor, f"{FACTS}?due={choice}")]

    choices = ("overdue", "soon", "again", "later", "odd")
    assert {choice: found(choice) for choice in choices} == {
        "overdue": ["-1"],
        "soon": ["0", "14"],
        "again": ["-"],
        "later": ["15", "none"],
        "odd": ["-1", "0", "14", "15", "none", "-"],
    }


def test_what_is_not_confirmed_is_never_overdue(editor: Client) -> None:
    fact = make_unknown_fact(check_again_on=timezone.localdate() - DAY)
    assert not fact.is_overdue
    assert not Fact.objects.filter(is_overdue(timezone.localdate())).exists()
    assert said("to be looked for again") in editor.get("/admin/desk/due/").content.decode()


def test_list_says_that_a_check_is_overdue(editor: Client) -> None:
    yesterday = timezone.localdate() - DAY
    make_fact(check_again_on=yesterday)
    assert rows(editor, FACTS)[0][-1].endswith(f"日 {said('overdue')}")


# ---- the action --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("fact", make_fact),
        ("channel", make_channel),
        ("procedure", make_procedure),
        ("misconception", make_misconception),
    ],
)
def test_mark_checked_moves_the_check_and_keeps_a_version(
    editor: Client, user: User, name: str, make: Any
) -> None:
    record, untouched = make(), make()
    said_then = mark(editor, f"/admin/esimguide/{name}/", record)
    record.refresh_from_db()
    untouched.refresh_from_db()
    today = timezone.localdate()
    assert (record.checked_on, record.checked_by) == (today, user)
    assert record.check_again_on == next_check_of(record, today)
    assert (untouched.checked_on, untouched.checked_by) == (CHECKED_ON, None)
    version = record.history.latest()
    assert (version.history_user, version.history_change_reason) == (
        user,
        said("Read the source again."),
    )
    assert said_then == [said("Marked as checked today: %(count)d") % {"count": 1}]


def test_how_long_a_check_holds_is_said_for_every_kind() -> None:
    assert set(CHECK_DAYS) == set(Fact.Kind)
    models = apps.get_app_config("esimguide").get_models()
    checked = {str(m._meta.model_name) for m in models if issubclass(m, Checked)}
    assert {*CHECK_DAYS_BY_MODEL, "fact"} == checked


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (Fact.Kind.FEE, dt.date(2027, 1, 22)),
        (Fact.Kind.ESIM, dt.date(2027, 2, 21)),
        (Fact.Kind.GRACE, dt.date(2027, 3, 23)),
        (Fact.Kind.REAL_NAME, dt.date(2027, 5, 22)),
    ],
)
def test_what_changes_often_is_checked_often(kind: Fact.Kind, day: dt.date) -> None:
    assert next_check_of(Fact(kind=kind, state=State.REPORTED), CHECKED_ON) == day


def test_what_is_not_confirmed_is_looked_for_again_half_yearly() -> None:
    assert next_check_of(Fact(kind=Fact.Kind.FEE), CHECKED_ON) == dt.date(2027, 5, 24)


def test_mark_checked_names_what_has_no_source(editor: Client) -> None:
    bare, sourced = make_unknown_fact(label_zh_hant="無來源", checked_on=None), make_fact()
    said_then = mark(editor, FACTS, bare, sourced)
    bare.refresh_from_db()
    assert (bare.checked_on, bare.history.count()) == (None, 1)
    assert said_then == [
        said("Marked as checked today: %(count)d") % {"count": 1},
        said("Not marked, for want of a source: %(names)s") % {"names": "無來源"},
    ]


def test_the_form_has_no_action_that_enter_would_press(editor: Client) -> None:
    fact = make_fact()
    page = soup(editor.get(f"{FACTS}{fact.pk}/change/"))
    buttons = page.select("#content-main form :is(button, [type=submit])")
    assert buttons[0]["name"] == "_save"


# ---- the form ----------------------------------------------------------------------------------


def test_saving_leaves_the_check_alone(editor: Client) -> None:
    fact = make_fact(check_again_on=CHECKED_ON)
    assert send(editor, f"{FACTS}{fact.pk}/change/", label_zh_hant="新").status_code == 302
    fact.refresh_from_db()
    assert (fact.label_zh_hant, fact.checked_on) == ("新", CHECKED_ON)
    assert (fact.check_again_on, fact.checked_by) == (CHECKED_ON, None)


def test_who_types_a_day_has_checked(editor: Client, user: User) -> None:
    fact = make_fact()
    send(editor, f"{FACTS}{fact.pk}/change/", checked_on="2026-11-20")
    fact.refresh_from_db()
    assert (fact.checked_on, fact.checked_by) == (dt.date(2026, 11, 20), user)
    unknown = make_unknown_fact(checked_by=user)
    send(editor, f"{FACTS}{unknown.pk}/change/", checked_on="")
    unknown.refresh_from_db()
    assert (unknown.checked_on, unknown.checked_by) == (None, None)


def test_a_channel_in_its_carriers_form_is_checked_alike(editor: Client, user: User) -> None:
    channel = make_channel(carrier=make_carrier())
    address = f"/admin/esimguide/carrier/{channel.carrier_id}/change/"
    send(editor, address, channels__0__value="12580")
    channel.refresh_from_db()
    assert (channel.value, channel.checked_by) == ("12580", None)
    send(editor, address, channels__0__checked_on="2026-11-20")
    channel.refresh_from_db()
    assert (channel.checked_on, channel.checked_by) == (dt.date(2026, 11, 20), user)


@pytest.mark.parametrize(
    "day", ["2099-01-01", "abc", "2026-02-30", "0000-00-00", "2026-11-20\x00", ""]
)
def test_an_odd_day_is_refused(editor: Client, day: str) -> None:
    fact = make_fact()
    assert send(editor, f"{FACTS}{fact.pk}/change/", checked_on=day).status_code == 200
    assert Fact.objects.get().checked_on == CHECKED_ON


def test_only_unknown_stands_without_a_source(editor: Client) -> None:
    fact = make_fact()
    assert send(editor, f"{FACTS}{fact.pk}/change/", source="").status_code == 200
    assert Fact.objects.get().state == State.OFFICIAL
    other = make_source()
    assert send(editor, f"{FACTS}{fact.pk}/change/", source=other.pk).status_code == 302
    assert Fact.objects.get().source == other
