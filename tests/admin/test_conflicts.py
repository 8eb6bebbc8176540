"""conflicts.py: nobody's work is lost."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client

from esimguide.models import Carrier, Procedure
from tests.admin.form import boxes, enter, said, send
from tests.factories import (
    make_carrier,
    make_channel,
    make_editor,
    make_procedure,
    make_situation,
    make_step,
    pair,
)
from tests.html import soup, texts, words

pytestmark = pytest.mark.sql


def address(record: Carrier | Procedure) -> str:
    return f"/admin/esimguide/{type(record).__name__.lower()}/{record.pk}/change/"


@pytest.fixture
def other(db: None) -> Client:
    client = Client()
    enter(client, make_editor(username="ho"))
    return client


# ---- two editors at once -------------------------------------------------------------------------


def test_the_second_of_two_is_told_and_loses_nothing(editor: Client, other: Client) -> None:
    carrier = make_carrier(name_zh_hant="舊", name_zh_hans="旧", name_en="old")
    mine = boxes(soup(editor.get(address(carrier))))
    send(other, address(carrier), name_zh_hant="他", name_en="theirs")
    told = editor.post(address(carrier), mine | {"name_zh_hant": "我", "name_zh_hans": "我"})
    page = soup(told)
    assert told.status_code == 200
    assert said("Somebody else has saved this meanwhile.") in words(page.select_one(".hold"))
    assert [who.split(" · ")[1] for who in texts(page, ".hold__saves li")] == ["ho"]
    assert texts(page, ".hold__clashes dt") == [f"{Carrier.objects.get()}：名稱（繁）"]
    assert [line.split("：")[1].strip() for line in texts(page, ".hold__clashes dd")] == [
        "他",
        "我",
    ]
    carrier.refresh_from_db()
    assert (carrier.name_zh_hant, carrier.name_en) == ("他", "theirs")
    again = boxes(page)
    assert (again["name_zh_hant"], again["name_en"]) == (["我"], ["theirs"])
    assert editor.post(address(carrier), again).status_code == 302
    carrier.refresh_from_db()
    found = (carrier.name_zh_hant, carrier.name_zh_hans, carrier.name_en)
    assert found == ("我", "我", "theirs")
    assert carrier.history.count() == 3


def test_rows_are_guarded_too(editor: Client, other: Client) -> None:
    carrier = make_carrier()
    channel = make_channel(carrier=carrier, from_hong_kong=True)
    mine = boxes(soup(editor.get(address(carrier))))
    send(other, f"/admin/esimguide/channel/{channel.pk}/change/", value="12580", from_hong_kong=[])
    told = editor.post(address(carrier), mine | {"channels-0-value": "10010"})
    assert len(texts(soup(told), ".hold__clashes dt")) == 1
    again = boxes(soup(told))
    assert again["channels-0-value"] == ["10010"]
    assert again["channels-0-from_hong_kong"] == []
    channel.refresh_from_db()
    assert channel.value == "12580"


def test_a_row_deleted_meanwhile_is_told(editor: Client, other: Client) -> None:
    procedure = make_procedure(situations=[make_situation()])
    for title in "甲乙":
        make_step(procedure=procedure, **pair("title", title, title))
    mine = boxes(soup(editor.get(address(procedure))))
    send(other, address(procedure), steps__1__DELETE="on")
    told = editor.post(address(procedure), mine | {"title_zh_hant": "我"})
    assert told.status_code == 200
    assert boxes(soup(told))["title_zh_hant"] == ["我"]
    assert procedure.steps.count() == 1


@pytest.mark.parametrize("stamp", ["", "0", "x-y", "9" * 50, "1-2-3-4"])
def test_a_form_without_its_stamp_is_held(editor: Client, stamp: str) -> None:
    carrier = make_carrier(name_zh_hant="舊")
    told = send(editor, address(carrier), _version=stamp, name_zh_hant="新")
    assert told.status_code == 200
    assert Carrier.objects.get().name_zh_hant == "舊"
    assert editor.post(address(carrier), boxes(soup(told))).status_code == 302
    assert Carrier.objects.get().name_zh_hant == "新"


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Run on a file, as the site does: SQLite in memory has other locks."""
    if connection.vendor != "sqlite":
        yield
        return
    file, memory = tmp_path / "guide.sqlite3", connection.settings_dict["NAME"]
    keeper = sqlite3.connect(str(memory), uri=True)  # the memory lives while somebody is there
    target = sqlite3.connect(file)
    keeper.backup(target)
    target.close()
    connection.settings_dict["NAME"] = str(file)
    connection.close()
    yield
    connection.close()
    connection.settings_dict["NAME"] = memory
    keeper.close()


def test_twenty_saves_at_once_one_wins_and_the_history_is_complete(on_disk: None) -> None:
    editors = [make_editor(username=f"e{number}") for number in range(20)]
    procedure = make_procedure(situations=[make_situation()])
    make_step(procedure=procedure)
    clients = []
    for user in editors:
        client = Client()
        enter(client, user)
        clients.append(client)
    form: dict[str, Any] = boxes(soup(clients[0].get(address(procedure))))
    past = procedure.history.count()

    def save(number: int) -> int:
        typed = {"title_zh_hant": f"甲{number}", "steps-0-title_zh_hant": f"乙{number}"}
        try:
            answer = clients[number].post(address(procedure), form | typed)
        finally:
            connections.close_all()
        kept = boxes(soup(answer))["title_zh_hant"] if answer.status_code == 200 else []
        assert kept in ([], [f"甲{number}"])
        return answer.status_code

    with ThreadPoolExecutor(20) as threads:
        codes = Counter(threads.map(save, range(20)))
    assert codes == {302: 1, 200: 19}
    procedure.refresh_from_db()
    number = procedure.title_zh_hant.removeprefix("甲")
    assert procedure.steps.get().title_zh_hant == f"乙{number}"
    assert procedure.history.count() == past + 1
    assert procedure.history.latest().history_user == User.objects.get(username=f"e{number}")
    assert procedure.steps.get().history.count() == 2


# ---- drafts ----


def test_drafts_fill_empty_boxes_only_and_nothing_is_saved(editor: Client) -> None:
    procedure = make_procedure(status="draft", situations=[make_situation()], title_zh_hans="")
    make_step(procedure=procedure)
    typed = {
        "before_zh_hant": "先致電。",
        "steps__0__body_zh_hant": "說明",
        "steps__0__title_zh_hans": "自己写的",
    }
    told = send(editor, address(procedure), _draft_simplified="1", **typed)
    page = soup(told)
    values = boxes(page)
    assert values["title_zh_hans"] == ["补领储值卡"]
    assert values["before_zh_hans"] == ["先致电。"]
    assert values["steps-0-body_zh_hans"] == ["说明"]
    assert values["steps-0-title_zh_hans"] == ["自己写的"]
    assert len(page.select(".note--draft")) == 3
    procedure.refresh_from_db()
    assert (procedure.title_zh_hans, procedure.before_zh_hans) == ("", "")
    assert editor.post(address(procedure), values).status_code == 302
    procedure.refresh_from_db()
    assert procedure.before_zh_hans == "先致电。"


def test_a_new_record_is_drafted_too(editor: Client) -> None:
    told = send(editor, "/admin/esimguide/topic/add/", _draft_simplified="1", title_zh_hant="補領")
    assert boxes(soup(told))["title_zh_hans"] == ["补领"]


def test_the_first_button_saves(editor: Client) -> None:
    page = soup(editor.get(address(make_carrier())))
    first = page.select_one("#content-main form :is(button, [type=submit])")
    assert first is not None
    assert first["name"] == "_save"
