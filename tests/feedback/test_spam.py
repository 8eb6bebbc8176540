"""spam.py: what a machine's message looks like."""

import datetime as dt

import pytest
from django.utils import timezone

from esimguide.feedback.spam import (
    MAX_SECONDS,
    Refusal,
    message_digest,
    new_token,
    nonce_of,
    text_refusal,
    token_refusal,
)
from esimguide.models import Inquiry
from tests.bots import aged
from tests.factories import make_inquiry

LONG = "我的卡套不見了，號碼在三個月前停用，現在人在內地，想知道怎樣補領新的卡，又要帶甚麼文件。"


@pytest.mark.parametrize(
    ("age", "refusal"),
    [(0, Refusal.TOO_SOON), (60, None), (MAX_SECONDS + 60, Refusal.TOO_OLD)],
)
def test_token_has_its_time(age: int, refusal: Refusal | None) -> None:
    assert token_refusal(aged(age)) == refusal


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_made_up_token_is_none(token: str) -> None:
    assert (token_refusal(token), nonce_of(token)) == (Refusal.NO_TOKEN, "")


def test_a_token_with_another_signature_is_none() -> None:
    token = new_token()[:-1] + "xx"
    assert (token_refusal(token), nonce_of(token)) == (Refusal.NO_TOKEN, "")


def test_two_forms_have_two_nonces() -> None:
    first, second = new_token(), new_token()
    assert nonce_of(first) != nonce_of(second)
    assert nonce_of(first) == nonce_of(first)


def test_digest_does_not_count_case_width_and_punctuation() -> None:
    assert message_digest("卡套 不見了 ABC！") == message_digest("卡套不見了，ａｂｃ")
    assert message_digest("卡套") != message_digest("卡板")
    assert message_digest(" ……！") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("見 https://a.example 和 https://b.example", None),
        ("見https://www.a.example，同https://www.b.example", None),
        ("[url=https://www.a.example]a[/url]", None),
        ("https://a.example www.b.example [url=c]", Refusal.LINKS),
        (LONG, Refusal.REPEATED),
        ("一樣的問題", None),
        ("昨天前的問題", None),
    ],
)
def test_text_with_many_links_or_sent_today_is_refused(text: str, refusal: Refusal | None) -> None:
    for said in ("一樣的問題！", f"{LONG}！"):
        make_inquiry(text=said, digest=message_digest(said))
    old = timezone.now() - dt.timedelta(days=2)
    make_inquiry(text="昨天前的問題", digest=message_digest("昨天前的問題"), received_at=old)
    assert text_refusal(text, Inquiry) == refusal
