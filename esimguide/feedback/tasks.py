"""What is done after an answer has gone out: mail. A dead mail server only makes it later.

What is still to be mailed stands in the messages themselves, so that no task can lose it: a task
mails what it finds, and where the server fails, asks to be run again.
"""

import datetime as dt
import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.tasks import Task, TaskResultStatus, task
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks_db.models import DBTaskResult

from esimguide.models import Inquiry, Report

logger = logging.getLogger(__name__)

AGAIN_AFTER = dt.timedelta(minutes=10)


@task()
def mail_answers() -> None:
    """Mail every waiting answer, and blank its address once the server has accepted it. A refused
    address does not delay the others.
    """
    failed = ""
    for inquiry in Inquiry.objects.to_mail():
        try:
            _mail(inquiry)
        except SMTPRecipientsRefused as error:
            failed = type(error).__name__
        except (OSError, SMTPException) as error:
            failed = type(error).__name__
            break
        else:
            Inquiry.objects.filter(pk=inquiry.pk).update(address="")
    if failed:
        logger.warning("answers wait for the mail server: %s", failed)
        _later(mail_answers)


def _mail(inquiry: Inquiry) -> None:
    with override(inquiry.language):
        subject = gettext("Hong Kong eSIM guide: the answer to your question")
        address = f"{settings.SITE_URL}{inquiry.get_absolute_url()}"
        page = gettext("Your question and the answer:") + f" {address}"
    send_mail(subject, f"{inquiry.reply.answer}\n\n{page}\n", None, [inquiry.address])


@task()
def announce() -> None:
    """Tell the editors by mail, in one message, how many reports and questions are new."""
    reports = Report.objects.waiting().filter(is_announced=False)
    inquiries = Inquiry.objects.waiting().filter(is_announced=False)
    found = [list(records.values_list("pk", flat=True)) for records in (reports, inquiries)]
    if not settings.EDITORS_MAIL or not any(found):
        return
    text = gettext("Reports: %(reports)d. Questions: %(questions)d.") % {
        "reports": len(found[0]),
        "questions": len(found[1]),
    }
    try:
        subject = gettext("Hong Kong eSIM guide: readers have written")
        send_mail(subject, f"{text}\n{settings.SITE_URL}/admin/\n", None, settings.EDITORS_MAIL)
    except (OSError, SMTPException) as error:
        logger.warning("mail server away, editors are told later: %s", type(error).__name__)
        _later(announce)
        return
    Report.objects.filter(pk__in=found[0]).update(is_announced=True)
    Inquiry.objects.filter(pk__in=found[1]).update(is_announced=True)


def _later(work: Task) -> None:
    """Run the task after AGAIN_AFTER, unless it is in the queue already."""
    waiting = DBTaskResult.objects.filter(task_path=work.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        work.using(run_after=timezone.now() + AGAIN_AFTER).enqueue()


def announce_soon() -> None:
    if settings.EDITORS_MAIL:
        _later(announce)


def mail_answers_soon() -> None:
    if settings.SENDS_MAIL:
        mail_answers.enqueue()
