"""message.py: sorting readers' messages."""

import pytest
from django.test import Client

from esimguide.models import Inquiry, Report
from tests.admin.form import errors, notices, rows, send
from tests.factories import make_inquiry, make_report

pytestmark = pytest.mark.django_db
REPORTS, QUESTIONS = "/admin/esimguide/report/", "/admin/esimguide/inquiry/"


def act(client: Client, address: str, action: str, *records: Report | Inquiry) -> list[str]:
    values = {"action": action, "_selected_action": [str(r.pk) for r in records]}
    return notices(client.post(address, values, follow=True))


def test_list_is_the_inbox_at_first_and_hides_copies(editor: Client) -> None:
    first = make_inquiry(text="第一")
    make_inquiry(text="一樣", same_as=first)
    make_inquiry(text="廣告", folder="spam")
    assert [row[0] for row in rows(editor, QUESTIONS)] == ["第一"]
    assert [row[0] for row in rows(editor, f"{QUESTIONS}?folder=spam")] == ["廣告"]
    assert len(rows(editor, f"{QUESTIONS}?folder=all")) == 3


@pytest.mark.parametrize(
    ("action", "folder"), [("mark_done", "done"), ("mark_spam", "spam"), ("mark_inbox", "inbox")]
)
def test_messages_are_sorted(editor: Client, action: str, folder: str) -> None:
    report = make_report()
    assert len(act(editor, REPORTS, action, report)) == 1
    report.refresh_from_db()
    assert report.folder == folder


def test_merging_makes_copies_of_the_oldest(editor: Client) -> None:
    first, second, third = make_report(), make_report(), make_report()
    of_second = make_report(same_as=second)
    assert act(editor, REPORTS, "merge", second, third, first) == ["已合併3份"]
    same = {r.pk: r.same_as_id for r in Report.objects.all()}
    assert same == {
        first.pk: None,
        second.pk: first.pk,
        third.pk: first.pk,
        of_second.pk: first.pk,
    }


def test_no_message_is_the_same_as_itself_or_as_a_copy(editor: Client) -> None:
    first = make_inquiry()
    copy, other = make_inquiry(same_as=first), make_inquiry()
    for record, same_as in ((first, first), (other, copy)):
        response = send(editor, f"{QUESTIONS}{record.pk}/change/", same_as=str(same_as.pk))
        assert "same_as" in errors(response)
    send(editor, f"{QUESTIONS}{first.pk}/change/", same_as=str(other.pk))
    copy.refresh_from_db()
    assert copy.same_as == other


def test_nobody_writes_messages_in_the_readers_name(editor: Client) -> None:
    assert editor.get(f"{REPORTS}add/").status_code == 403
    report = make_report()
    send(editor, f"{REPORTS}{report.pk}/change/", saw="別的", folder="done")
    report.refresh_from_db()
    assert (report.saw, report.folder) == ("收了HK$80", "done")
