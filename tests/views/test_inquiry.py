"""views/inquiry.py: a reader asks, and finds the answer on a page of their own."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from esimguide.models import Inquiry
from tests.bots import people, scripted
from tests.factories import (
    make_carrier,
    make_inquiry,
    make_procedure,
    make_question,
    make_situation,
    pair,
)
from tests.html import links, soup, texts, words
from tests.reader_forms import token_of, write

pytestmark = pytest.mark.django_db
ASK = "/zh-hant/ask/"


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings: LazySettings) -> None:
    settings.SENDS_MAIL = True


def test_form_knows_where_the_reader_was(client: Client) -> None:
    make_carrier(slug="cmhk")
    make_situation(slug="lost")
    procedure = make_procedure()
    query = f"?carrier=cmhk&situation=lost&place=mainland&procedure={procedure.pk}"
    page = soup(client.get(ASK + query))
    chosen = [str(o["value"]) for o in page.select("option[selected]")]
    assert chosen == ["cmhk", "lost", "mainland"]
    assert page.select_one("[name=procedure]")["value"] == str(procedure.pk)


@pytest.mark.parametrize("query", ["?carrier=none&place=moon", "?procedure=x", "?carrier=%00"])
def test_nonsense_in_the_address_does_no_harm(client: Client, query: str) -> None:
    assert client.get(ASK + query).status_code == (400 if "%00" in query else 200)


def test_question_leads_to_a_page_nobody_can_guess(client: Client) -> None:
    make_carrier(slug="cmhk")
    response = write(client, ASK, text="卡套不見了？", carrier="cmhk", address="me@example.org")
    inquiry = Inquiry.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/zh-hant/ask/{inquiry.key}/")
    assert len(inquiry.key) >= 22
    page = client.get(response["Location"])
    assert page["Cache-Control"] == "private, no-store"
    assert texts(soup(page), ".said") == ["卡套不見了？"]
    assert "me@example.org" not in page.content.decode()
    assert not page.cookies
    assert client.get("/zh-hant/ask/none/").status_code == 404


def test_answer_shows_on_that_page(client: Client) -> None:
    question = make_question(slug="holder", topic=None, carrier=make_carrier())
    inquiry = make_inquiry(
        answer="帶**身份證**去。", answered_at=timezone.now(), question=question, folder="done"
    )
    page = soup(client.get(f"/zh-hant/ask/{inquiry.key}/"))
    assert words(page.select_one(".lead")) == "已答覆"
    assert texts(page, ".prose strong") == ["身份證"]
    assert "/zh-hant/questions/replacing/#holder" in links(page)


def test_a_copy_shows_and_gets_the_answer_of_its_first(client: Client) -> None:
    first = make_inquiry(answer="帶身份證去。", answered_at=timezone.now(), folder="done")
    copy = make_inquiry(same_as=first)
    page = soup(client.get(f"/zh-hant/ask/{copy.key}/"))
    assert (words(page.select_one(".lead")), texts(page, ".prose")) == ("已答覆", ["帶身份證去。"])


def test_likely_answers_come_first_and_the_question_can_be_changed(client: Client) -> None:
    make_question(**pair("question", "卡套不見了怎樣辦？", "卡套丢了怎么办？"))
    values = {"token": token_of(client, ASK), "text": "卡套不見了", "place": "mainland"}
    page = soup(client.post(ASK, values))
    assert (texts(page, ".link-list a"), Inquiry.objects.count()) == (["卡套不見了怎樣辦？"], 0)
    sent = {str(box["name"]): str(box["value"]) for box in page.select(".message [type=hidden]")}
    again = soup(client.post(ASK, sent | {"change": "1"}))
    assert words(again.select_one("#id_text")) == "卡套不見了"
    assert again.select_one("#id_place option[selected]")["value"] == "mainland"
    assert client.post(ASK, sent).status_code == 302


def test_address_is_asked_for_only_where_mail_can_be_sent(
    client: Client, settings: LazySettings
) -> None:
    settings.SENDS_MAIL = False
    assert soup(client.get(ASK)).select_one("#id_address") is None
    write(client, ASK, text="卡套？", address="me@example.org")
    assert Inquiry.objects.get().address == ""


def test_a_procedure_that_is_gone_meanwhile_holds_up_no_question(client: Client) -> None:
    assert write(client, ASK, text="卡套？", procedure="999").status_code == 302
    assert Inquiry.objects.get().procedure is None


def test_sending_twice_makes_one_question(client: Client) -> None:
    values = {"token": token_of(client, ASK), "text": "卡套不見了？", "sure": "1"}
    first, second = client.post(ASK, values), client.post(ASK, values)
    assert (first["Location"], Inquiry.objects.count()) == (second["Location"], 1)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", {"text": ""}),
        ("text", {"text": "x" * 2001}),
        ("address", {"text": "卡套？", "address": "no"}),
        ("carrier", {"text": "卡套？", "carrier": "none"}),
    ],
)
def test_bad_input_is_told_at_its_field(client: Client, field: str, values: dict[str, str]) -> None:
    response = write(client, ASK, **values)
    page = soup(response)
    assert (response.status_code, Inquiry.objects.count()) == (422, 0)
    assert links(page, ".error-summary a") == [f"#id_{field}"]
    assert words(page.select_one("#id_text")) == values["text"]


def test_nearly_all_scripted_posts_are_refused_and_people_get_in(client: Client) -> None:
    for number, post in enumerate(scripted(1000)):
        # From many addresses, so that none is refused for its number alone.
        client.post(ASK, post | {"sure": "1"}, REMOTE_ADDR=f"203.0.113.{number % 250}")
    taken = Inquiry.objects.filter(folder="inbox").count()
    assert taken <= 10
    sent = [write(client, ASK, seconds, text=said) for seconds, said in people(50)]
    assert [response.status_code for response in sent] == [302] * 50
    assert Inquiry.objects.filter(folder="inbox").count() == taken + 50


def test_three_hundred_readers_behind_one_address_all_read_and_ask(client: Client) -> None:
    for number in range(300):
        asked = write(client, ASK, seconds=20, text=f"第{number}位：卡套呢？")
        assert (client.get("/zh-hant/").status_code, asked.status_code) == (200, 302)
    assert Inquiry.objects.filter(folder="inbox").count() == 300
