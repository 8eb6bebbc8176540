"""admin/question.py."""

from django.test import Client

from esimguide.models import Question
from tests.admin.form import errors, said, send
from tests.factories import make_document, make_question, make_source, pair

ROOT = "/admin/esimguide/question/"


def test_a_question_hangs_on_something(editor: Client) -> None:
    typed = {"slug": "who", **pair("question", "誰付費？", "谁付费？")}
    answer = send(editor, f"{ROOT}add/", **typed)
    message = "Attach the question to a carrier, procedure, document or topic."
    assert errors(answer) == {"": [said(message)]}
    document, source = make_document(), make_source()
    typed |= {"document": document.pk, "sources": [source.pk]}
    assert send(editor, f"{ROOT}add/", **typed).status_code == 302
    question = Question.objects.get()
    assert (question.document, question.sources.get()) == (document, source)


def test_it_is_published_in_both_languages_only(editor: Client) -> None:
    question = make_question()
    answer = send(editor, f"{ROOT}{question.pk}/change/", answer_zh_hant="")
    assert errors(answer) == {"answer_zh_hant": [said("Fill in both languages.")]}
