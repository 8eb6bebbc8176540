"""forms.py: what a reader writes is a record, or comes back with words beside it."""

import pytest
from django.conf import LazySettings

from esimguide.feedback.forms import WORDS, InquiryForm
from esimguide.feedback.spam import MAX_SECONDS, Refusal, token_refusal
from esimguide.models.message import Folder
from tests.bots import aged

pytestmark = pytest.mark.django_db
TEXT = "卡套不見了，怎樣補領？"


def form(**data: str) -> InquiryForm:
    return InquiryForm({"token": aged(60), "text": TEXT, **data})


def test_a_persons_question_becomes_a_record() -> None:
    sent = form()
    assert sent.is_valid()
    question = sent.save()
    assert (question.text, question.folder, question.language) == (TEXT, Folder.INBOX, "zh-hant")


def test_what_fills_in_the_hidden_box_is_spam() -> None:
    assert form(homepage="https://a.example/").save().folder == Folder.SPAM


@pytest.mark.parametrize(
    ("seconds", "text", "refusal"),
    [
        (None, TEXT, Refusal.NO_TOKEN),
        (0, TEXT, Refusal.TOO_SOON),
        (MAX_SECONDS + 60, TEXT, Refusal.TOO_OLD),
        (60, "https://a.example https://b.example https://c.example", Refusal.LINKS),
    ],
)
def test_every_refusal_has_its_words(seconds: int | None, text: str, refusal: Refusal) -> None:
    token = "" if seconds is None else aged(seconds)
    assert form(token=token, text=text).non_field_errors() == [WORDS[refusal]]


def test_the_same_long_text_is_refused_once_it_was_sent() -> None:
    long = TEXT * 8
    form(text=long).save()
    assert form(text=long).non_field_errors() == [WORDS[Refusal.REPEATED]]


def test_a_form_sent_too_soon_keeps_its_token_a_bad_one_gets_another() -> None:
    soon = aged(0)
    assert form(token=soon).next_token == soon
    assert token_refusal(form(token="made up").next_token) == Refusal.TOO_SOON


@pytest.mark.parametrize("sends_mail", [True, False])
def test_an_address_is_asked_for_only_where_mail_can_go_out(
    settings: LazySettings, *, sends_mail: bool
) -> None:
    settings.SENDS_MAIL = sends_mail
    assert ("address" in InquiryForm().fields) == sends_mail


def test_a_page_that_is_gone_does_not_cost_the_question() -> None:
    sent = form(procedure="999")
    assert sent.is_valid()
    assert sent.save().procedure is None
