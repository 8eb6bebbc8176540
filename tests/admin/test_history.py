"""admin/history.py: who changed what, and the way back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from esimguide.models import Carrier, Procedure, Status
from tests.admin.form import boxes, errors, said, send
from tests.factories import (
    make_carrier,
    make_editor,
    make_fact,
    make_procedure,
    make_situation,
    make_source,
    make_step,
    make_topic,
    pair,
)
from tests.html import links, soup, texts, words


def history(record: Carrier | Procedure) -> str:
    return f"/admin/esimguide/{type(record).__name__.lower()}/{record.pk}/history/"


def version(record: Carrier | Procedure, number: int) -> str:
    """Return the address of the version ``number``; 0 is the first."""
    return f"{history(record)}{record.history.order_by('history_id')[number].pk}/"


def test_a_change_is_kept_with_its_editor_and_shown_in_words(editor: Client, user: User) -> None:
    carrier = make_carrier(slug="cmhk", name_zh_hans="旧名")
    address = f"/admin/esimguide/carrier/{carrier.pk}/change/"
    send(editor, address, name_zh_hans="新名", kind=Carrier.Kind.VIRTUAL)
    assert [v.history_user for v in carrier.history.all()] == [user, None]
    page = soup(editor.get(history(carrier)))
    newest, oldest = page.select("#change-history tbody tr")
    assert [words(e) for e in newest.select("dt, del, ins")] == [
        *("類別", said("network operator"), said("virtual operator")),
        *("名稱（简）", "旧名", "新名"),
    ]
    assert words(newest.td) == "mei"
    assert [words(cell) for cell in oldest.select("td")] == [said("no editor"), said("Added.")]


def test_a_note_for_editors_is_kept_in_the_history_of_any_record(editor: Client) -> None:
    topic = make_topic()
    assert (
        send(
            editor, f"/admin/esimguide/topic/{topic.pk}/change/", editors_note="打電話問過"
        ).status_code
        == 302
    )
    assert topic.history.latest().history_change_reason == "打電話問過"
    page = soup(editor.get(f"/admin/esimguide/topic/{topic.pk}/change/"))
    assert boxes(page)["editors_note"] == [""]


def test_a_long_text_is_shown_around_what_changed(editor: Client) -> None:
    same = "同" * 1000
    carrier = make_carrier(**pair("summary", f"{same}舊", "摘要"))
    carrier.summary_zh_hant = f"{same}新"
    carrier.save()
    page = soup(editor.get(history(carrier)))
    old, new = page.select("del, ins")
    assert (words(old)[-1], words(new)[-1]) == ("舊", "新")
    assert len(words(new)) < 410


def test_an_earlier_version_is_brought_back(editor: Client, user: User) -> None:
    carrier = make_carrier(name_zh_hant="舊名")
    carrier.name_zh_hant = "新名"
    carrier.save()
    answer = send(editor, version(carrier, 0))
    assert answer.status_code == 302
    carrier.refresh_from_db()
    assert carrier.name_zh_hant == "舊名"
    assert carrier.history.count() == 3
    assert carrier.history.latest().history_user == user


def test_a_version_whose_links_are_gone_can_still_be_seen_and_brought_back(
    editor: Client,
) -> None:
    gone, leaver = make_carrier(), make_editor()
    procedure = make_procedure(
        carrier=gone, checked_by=leaver, situations=[make_situation()], status=Status.DRAFT
    )
    procedure.carrier, procedure.checked_by = None, None
    procedure.save()
    gone.delete()
    leaver.delete()
    assert editor.get(history(procedure)).status_code == 200
    assert send(editor, version(procedure, 0)).status_code == 302
    procedure.refresh_from_db()
    assert (procedure.carrier, procedure.checked_by) == (None, None)


def test_a_version_that_would_break_a_rule_is_refused(editor: Client) -> None:
    procedure = make_procedure(situations=[make_situation()])
    procedure.status = Status.DRAFT
    procedure.save()
    answer = send(editor, version(procedure, 0))
    assert answer.status_code == 200
    assert errors(answer) == {"": [said("A published procedure needs at least one step.")]}
    procedure.refresh_from_db()
    assert procedure.status == Status.DRAFT
    make_step(procedure=procedure)
    assert send(editor, version(procedure, 0)).status_code == 302


def test_history_is_paged(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("esimguide.admin.subjects.carrier.CarrierAdmin.history_list_per_page", 2)
    carrier = make_carrier()
    for name in "甲乙丙丁":
        carrier.name_zh_hant = name
        carrier.save()
    page = soup(editor.get(f"{history(carrier)}?p=2"))
    assert texts(page, ".paginator li") == ["1", "2", "3"]
    assert links(page, ".paginator a") == ["?p=1", "?p=3"]
    assert len(page.select("#change-history tbody tr")) == 2
    assert editor.get(f"{history(carrier)}?p=abc").status_code == 200


def test_a_deleted_record_leaves_its_last_version(editor: Client, user: User) -> None:
    fact = make_fact(source=make_source())
    editor.post(f"/admin/esimguide/fact/{fact.pk}/delete/", {"post": "yes"})
    last = fact.history.latest()
    assert (last.history_type, last.history_user) == ("-", user)
    assert editor.get(f"/admin/esimguide/fact/{fact.pk}/history/").status_code == 404


def test_a_record_without_versions_says_so(editor: Client) -> None:
    carrier = make_carrier()
    carrier.history.all().delete()
    page = soup(editor.get(history(carrier)))
    assert texts(page, "#change-history p") == [
        said("No version has been kept: this record was not made in the admin.")
    ]
