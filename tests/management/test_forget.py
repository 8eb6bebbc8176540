"""manage.py forget: what is past its time is deleted, everything else stays."""

import datetime as dt
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from esimguide.feedback.tasks import mail_answers
from esimguide.models import Inquiry, RateLimitCounter, Report, Vote, ZeroResultSearch
from tests.factories import make_inquiry, make_procedure, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def test_everything_has_its_time() -> None:
    make_report(received_at=ago(366))
    kept_report = make_report(received_at=ago(364))
    make_report(received_at=ago(31), folder="spam")
    make_inquiry(received_at=ago(366))
    blanked = make_inquiry(received_at=ago(91), address="me@example.org")
    waits = make_inquiry(received_at=ago(89), address="me@example.org")
    counted = {"procedure": make_procedure(), "answer": "yes", "language": "zh-hant"}
    Vote.objects.create(**counted, day=ago(731).date())
    kept_vote = Vote.objects.create(**counted, day=ago(700).date())
    ZeroResultSearch.objects.create(query="卡套", day=ago(366).date())
    kept_miss = ZeroResultSearch.objects.create(query="卡套", day=ago(364).date())
    for days in (15, 13):
        DBTaskResult.objects.filter(pk=mail_answers.enqueue().id).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=ago(days)
        )
    out = StringIO()
    call_command("forget", stdout=out)
    assert out.getvalue() == "forgot 5 records\n"
    assert list(Report.objects.all()) == [kept_report]
    assert {i.pk: i.address for i in Inquiry.objects.all()} == {
        blanked.pk: "",
        waits.pk: "me@example.org",
    }
    assert DBTaskResult.objects.count() == 1
    assert list(Vote.objects.all()) == [kept_vote]
    assert list(ZeroResultSearch.objects.all()) == [kept_miss]


def test_what_holds_floods_back_is_swept() -> None:
    now = timezone.now()
    for name, minutes in (("past", -1), ("runs", 1)):
        RateLimitCounter.objects.create(key=name, ends_at=now + dt.timedelta(minutes=minutes))
    for name, minutes in (("past", 61), ("locks", 59)):
        AccessAttempt.objects.create(username=name, failures_since_start=1)
        when = now - dt.timedelta(minutes=minutes)
        AccessAttempt.objects.filter(username=name).update(attempt_time=when)
    call_command("forget", stdout=StringIO())
    assert [count.key for count in RateLimitCounter.objects.all()] == ["runs"]
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["locks"]
