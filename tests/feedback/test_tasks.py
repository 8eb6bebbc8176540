"""tasks.py: mail goes out once, and a dead mail server loses nothing."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from esimguide.feedback.tasks import announce, announce_soon, mail_answers, mail_answers_soon
from esimguide.models import Inquiry, Report
from tests.factories import make_inquiry, make_report
from tests.mail import mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
DEAD = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
    }
}


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings: LazySettings) -> Iterator[None]:
    settings.SENDS_MAIL = True
    settings.EDITORS_MAIL = ["editors@example.org"]
    settings.SITE_URL = "https://guide.example"
    settings.DEFAULT_FROM_EMAIL = "guide@example.org"
    return


def answered(**fields: object) -> Inquiry:
    return make_inquiry(
        answer="請帶卡套到門市。", answered_at=timezone.now(), address="me@example.org", **fields
    )


def test_answer_is_mailed_once_and_the_address_is_gone() -> None:
    inquiry = answered(language="zh-hans")
    mail_answers.call()
    mail_answers.call()
    inquiry.refresh_from_db()
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["me@example.org"], "香港eSIM指南：你的问题有答复了")
    ]
    assert f"https://guide.example/zh-hans/ask/{inquiry.key}/" in mail.outbox[0].body
    assert inquiry.address == ""


def test_a_dead_mail_server_loses_no_answer(settings: LazySettings) -> None:
    inquiry, settings.MAILERS = answered(), DEAD
    mail_answers.call()
    inquiry.refresh_from_db()
    again = DBTaskResult.objects.get()
    assert inquiry.address == "me@example.org"
    assert again.task_path == "esimguide.feedback.tasks.mail_answers"
    assert again.run_after > timezone.now()


def test_an_address_the_server_refuses_holds_up_no_other(settings: LazySettings) -> None:
    refused, taken = answered(), answered()
    Inquiry.objects.filter(pk=refused.pk).update(address="nobody@example.org")
    with mail_server(refuses="nobody@example.org") as server:
        options = {"host": "127.0.0.1", "port": server.server_address[1], "timeout": 5}
        settings.MAILERS = {"default": DEAD["default"] | {"OPTIONS": options}}
        mail_answers.call()
    left = {i.pk: i.address for i in Inquiry.objects.all()}
    assert left == {refused.pk: "nobody@example.org", taken.pk: ""}
    assert server.got == ["me@example.org"]
    assert DBTaskResult.objects.count() == 1


def test_the_readers_of_copies_get_the_answer_too() -> None:
    make_inquiry(same_as=answered(), address="copy@example.org")
    mail_answers.call()
    assert {m.to[0]: m.body.splitlines()[0] for m in mail.outbox} == {
        "me@example.org": "請帶卡套到門市。",
        "copy@example.org": "請帶卡套到門市。",
    }


@pytest.mark.django_db(transaction=True)  # the worker takes a fresh connection
def test_the_worker_of_the_database_sends_what_waits() -> None:
    answered()
    mail_answers_soon()
    call_command("db_worker", batch=True, verbosity=0, interval=0, reload=False)
    assert [m.to for m in mail.outbox] == [["me@example.org"]]


def test_editors_are_told_of_several_messages_at_once_and_once() -> None:
    make_report()
    make_inquiry()
    make_inquiry(folder="spam")
    announce.call()
    announce.call()
    assert [(m.to, m.body.splitlines()[0]) for m in mail.outbox] == [
        (["editors@example.org"], "讀者回報：1份。讀者提問：1條。")
    ]
    assert not Report.objects.filter(is_announced=False).exists()


def test_editors_are_told_later_where_the_server_is_dead(settings: LazySettings) -> None:
    settings.MAILERS = DEAD
    make_report()
    announce.call()
    assert Report.objects.filter(is_announced=False).count() == 1
    assert DBTaskResult.objects.get().task_path == "esimguide.feedback.tasks.announce"


def test_one_task_waits_for_any_number_of_messages() -> None:
    announce_soon()
    announce_soon()
    assert DBTaskResult.objects.count() == 1


def test_nothing_waits_in_the_queue_where_no_mail_is_set_up(settings: LazySettings) -> None:
    settings.SENDS_MAIL, settings.EDITORS_MAIL = False, []
    announce_soon()
    mail_answers_soon()
    assert DBTaskResult.objects.count() == 0
