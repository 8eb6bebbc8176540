"""views/inquiry.py: a reader asks, and finds the answer on a page of their own."""

import pytest
from django.test import Client
from django.utils import timezone

from esimguide.models import Inquiry
from tests.factories import (
    make_carrier,
    make_inquiry,
    make_procedure,
    make_question,
    make_situation,
)
from tests.reading import links, soup, texts, words
from tests.writing import token_of, write

pytestmark = pytest.mark.django_db
ASK = "/zh-hant/ask/"


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
    stolen = token_of(client, ASK)
    scripted = [
        *({"text": f"buy {n}"} for n in range(250)),
        *({"text": f"buy now {n}", "token": stolen} for n in range(250)),
        *({"text": f"http://a{n}.example www.b.example http://c.example"} for n in range(250)),
        *({"text": "same text", "homepage": "x"} for _ in range(250)),
    ]
    for number, values in enumerate(scripted):
        fresh = {"token": token_of(client, ASK, seconds_ago=0)} if number % 2 else {}
        # From many addresses, so that none is refused for its number alone.
        client.post(ASK, fresh | values, REMOTE_ADDR=f"203.0.113.{number % 100}")
    taken = Inquiry.objects.filter(folder="inbox").count()
    assert taken <= 10
    for number in range(50):
        assert (
            write(client, ASK, seconds=20 + number, text=f"第{number}位：卡套呢？").status_code
            == 302
        )
    assert Inquiry.objects.filter(folder="inbox").count() == taken + 50


def test_three_hundred_readers_behind_one_address_all_read_and_ask(client: Client) -> None:
    for number in range(300):
        asked = write(client, ASK, seconds=20, text=f"第{number}位：卡套呢？")
        assert (client.get("/zh-hant/").status_code, asked.status_code) == (200, 302)
    assert Inquiry.objects.filter(folder="inbox").count() == 300
