"""admin/inquiry.py: answering a reader, and making the answer everybody's."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django_tasks_db.models import DBTaskResult

from esimguide.models import Question
from tests.admin.form import send
from tests.factories import make_carrier, make_inquiry, make_procedure

pytestmark = pytest.mark.django_db


def test_first_answer_closes_the_question_and_is_mailed(
    editor: Client, settings: LazySettings
) -> None:
    settings.SENDS_MAIL = True
    inquiry = make_inquiry(address="me@example.org")
    address = f"/admin/esimguide/inquiry/{inquiry.pk}/change/"
    assert "me@example.org" not in editor.get(address).content.decode()
    send(editor, address, answer="帶身份證。")
    inquiry.refresh_from_db()
    assert (inquiry.answer, inquiry.folder, inquiry.answered_at is None) == (
        *("帶身份證。", "done"),
        False,
    )
    assert [t.task_path for t in DBTaskResult.objects.all()] == [
        "esimguide.feedback.tasks.mail_answers"
    ]
    send(editor, address, answer="帶身份證正本。")
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_one_click_makes_it_a_draft_question(editor: Client, language: str) -> None:
    procedure = make_procedure(carrier=make_carrier())
    inquiry = make_inquiry(procedure=procedure, language=language)
    address = f"/admin/esimguide/inquiry/{inquiry.pk}/change/"
    response = send(editor, address, answer="帶身份證。", _make_question="1")
    question = Question.objects.get()
    side = language.replace("-", "_")
    inquiry.refresh_from_db()
    assert response["Location"] == f"/admin/esimguide/question/{question.pk}/change/"
    assert (question.status, question.procedure, inquiry.question) == ("draft", procedure, question)
    assert getattr(question, f"question_{side}") == "卡套不見了，怎樣辦？"
    assert getattr(question, f"answer_{side}") == "帶身份證。"


def test_without_a_place_to_hang_it_says_what_is_missing(editor: Client) -> None:
    inquiry = make_inquiry()
    address = f"/admin/esimguide/inquiry/{inquiry.pk}/change/"
    response = send(editor, address, answer="帶身份證。", _make_question="1")
    inquiry.refresh_from_db()
    assert (response["Location"], Question.objects.count()) == (address, 0)
    assert inquiry.answer == "帶身份證。"
