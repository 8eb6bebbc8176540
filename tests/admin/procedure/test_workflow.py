"""admin/workflow.py: from a working copy to readers, by way of another's review."""

import time

import pytest
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client

from esimguide.editorial.revisions import procedure_revision_id
from esimguide.models import Change, Procedure, Status
from tests.admin.form import boxes, enter, errors, notices, said, send
from tests.factories import (
    make_procedure,
    make_situation,
    make_step,
    pair,
)
from tests.html import links, soup, texts

pytestmark = pytest.mark.sql


def address(procedure: Procedure, page: str = "change") -> str:
    return f"/admin/esimguide/procedure/{procedure.pk}/{page}/"


def person(name: str, *rights: str) -> Client:
    """Return a client of somebody who may write, and what ``rights`` say beside."""
    user = User.objects.create_user(name, is_staff=True)
    wanted = [f"{do}_{what}" for do in ("view", "add", "change") for what in ("procedure", "step")]
    user.user_permissions.set(Permission.objects.filter(codename__in=[*wanted, *rights]))
    client = Client()
    enter(client, user)
    return client


def press(client: Client, procedure: Procedure, move: str, **typed: str) -> HttpResponse:
    """Make a move by the page that shows ``procedure`` as it stands."""
    return client.post(
        address(procedure, move), {"stamp": procedure_revision_id(procedure)} | typed
    )


@pytest.fixture
def live(db: None) -> Procedure:
    procedure = make_procedure(slug="replace", situations=[make_situation()])
    make_step(procedure=procedure)
    return procedure


def test_a_writer_edits_a_copy_and_another_reviews_and_publishes(live: Procedure) -> None:
    writer = person("mei", "delete_procedure")
    publisher = person("ho", "review_procedure", "publish_procedure")
    assert writer.post(address(live), {"slug": "x"}).status_code == 403
    assert writer.post(address(live, "start")).status_code == 302
    copy = Procedure.objects.get(replaces=live)
    sent = send(writer, address(copy), status=Status.REVIEW, title_zh_hant="新", title_zh_hans="新")
    assert sent.status_code == 302
    assert writer.post(address(copy, "publish")).status_code == 403
    assert writer.post(address(copy, "approve")).status_code == 403
    page = soup(publisher.get(address(copy, "publish")))
    assert "標題（繁）" in texts(page, ".differences dt")
    note = pair("public_note", "更新步驟。", "更新步骤。")
    assert press(publisher, copy, "publish", **note).status_code == 302
    live.refresh_from_db()
    assert (live.title_zh_hant, live.status) == ("新", Status.PUBLISHED)
    assert Change.objects.get().text_zh_hans == "更新步骤。"
    assert said("Published; reviewed by %(name)s.") % {"name": "ho"} in [
        row.history_change_reason for row in live.history.all()
    ]
    assert list(Procedure.objects.all()) == [live]


def test_publishing_without_review_is_a_right_and_is_recorded(live: Procedure) -> None:
    chief = person("chief", "publish_procedure", "publish_unreviewed_procedure")
    chief.post(address(live, "start"))
    copy = Procedure.objects.get(replaces=live)
    assert chief.get(address(copy, "publish")).status_code == 200
    send(chief, address(live), title_zh_hant="直")
    live.refresh_from_db()
    assert live.title_zh_hant == "直"
    assert press(chief, copy, "publish", knowingly="1").status_code == 302
    reasons = [row.history_change_reason for row in live.history.all()]
    assert said("Published without review.") in reasons


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        (Status.DRAFT, Status.WITHDRAWN, False),
        (Status.PUBLISHED, Status.DRAFT, False),
        (Status.PUBLISHED, Status.WITHDRAWN, True),
        (Status.WITHDRAWN, Status.DRAFT, True),
    ],
)
def test_only_some_moves_are_allowed(
    editor: Client, live: Procedure, old: Status, new: Status, *, allowed: bool
) -> None:
    live.status = old
    live.save()
    send(editor, address(live), status=new)
    live.refresh_from_db()
    assert (live.status == new) is allowed


def test_a_writer_brings_no_version_back_over_a_live_one(live: Procedure) -> None:
    version = address(live, "history") + f"{live.history.latest().pk}/"
    assert person("mei").post(version).status_code == 403


def test_an_author_does_not_review(live: Procedure) -> None:
    live.status = Status.DRAFT
    live.save()
    both = person("mei", "review_procedure", "publish_procedure")
    send(both, address(live), title_zh_hant="新", status=Status.REVIEW)
    assert both.post(address(live, "approve")).status_code == 403
    answer = send(both, address(live), status=Status.PUBLISHED)
    message = "Somebody who has not written it must review it first, as it stands."
    assert errors(answer)["status"] == [said(message)]


def test_nobody_agrees_to_or_publishes_what_was_saved_after_they_looked(live: Procedure) -> None:
    writer, publisher = person("mei"), person("ho", "review_procedure", "publish_procedure")
    writer.post(address(live, "start"))
    copy = Procedure.objects.get(replaces=live)
    send(writer, address(copy), status=Status.REVIEW, title_zh_hant="看過的")
    looked = procedure_revision_id(copy)
    send(writer, address(copy), title_zh_hant="沒看過的")
    text = said("Somebody else has saved this meanwhile. Read it again as it stands now.")
    for move in ("approve", "publish"):
        answer = publisher.post(address(copy, move), {"stamp": looked}, follow=True)
        assert notices(answer) == [text]
    copy.refresh_from_db()
    live.refresh_from_db()
    assert (copy.reviewed_by, live.title_zh_hant) == (None, "補領儲值卡")

    form = soup(publisher.get(address(copy))).select_one("form[action$='/approve/']")
    assert form is not None
    seen = {str(box["name"]): str(box["value"]) for box in form.select("input")}
    assert publisher.post(address(copy, "approve"), seen).status_code == 302
    page = boxes(soup(publisher.get(address(copy, "publish"))))
    assert publisher.post(address(copy, "publish"), page).status_code == 302
    live.refresh_from_db()
    assert live.title_zh_hant == "沒看過的"


def test_a_copy_is_discarded(editor: Client, live: Procedure) -> None:
    editor.post(address(live, "start"))
    editor.post(address(Procedure.objects.get(replaces=live), "discard"))
    assert list(Procedure.objects.all()) == [live]


def test_a_change_of_the_live_one_must_be_taken_knowingly(editor: Client, live: Procedure) -> None:
    editor.post(address(live, "start"))
    copy = Procedure.objects.get(replaces=live)
    sent = send(editor, address(live), title_zh_hant="線上")
    assert (errors(sent), sent.status_code) == ({}, 302)
    assert press(editor, copy, "publish").status_code == 200
    assert press(editor, copy, "publish", knowingly="1").status_code == 302


def test_a_whole_version_is_compared_and_restored(editor: Client, live: Procedure) -> None:
    step = live.steps.get()
    send(editor, address(live), title_zh_hant="新", steps__0__title_zh_hant="新步")
    page = soup(editor.get(address(live, "compare")))
    assert [d for d in texts(page, ".differences dt") if "（繁）" in d] == [
        "標題（繁）",
        f"步驟 1：{said('title, a verb first')}（繁）",
    ]
    form = boxes(page)
    values = {name: form[name] for name in ("version", "stamp")}
    stale = editor.post(address(live, "restore"), values | {"stamp": "1-1-1"})
    assert stale.status_code == 302
    assert Procedure.objects.get().title_zh_hant == "新"
    editor.post(address(live, "restore"), values)
    live.refresh_from_db()
    step.refresh_from_db()
    assert (live.title_zh_hant, step.title_zh_hant) == ("補領儲值卡", "致電熱線報失")
    assert editor.post(address(live, "restore"), {"version": "x"}).status_code == 404


def test_the_preview_ends_after_a_fortnight(
    editor: Client, live: Procedure, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = links(soup(editor.get(address(live))), ".moves a[href*='/preview/']")[0]
    now, days = time.time(), 24 * 60 * 60
    monkeypatch.setattr(time, "time", lambda: now + 13 * days)
    assert Client().get(preview).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 15 * days)
    assert Client().get(preview).status_code == 404


def test_the_preview_needs_no_account_and_is_kept_nowhere(editor: Client, live: Procedure) -> None:
    live.status = Status.DRAFT
    live.save()
    addresses = links(soup(editor.get(address(live))), ".moves a[href*='/preview/']")
    assert len(addresses) == 2
    for preview in addresses:
        answer = Client().get(preview)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
        assert answer["X-Robots-Tag"] == "noindex"
        assert len(soup(answer).select(".status-notice")) == 1
    assert Client().get(addresses[0][:-3] + "x/").status_code == 404
