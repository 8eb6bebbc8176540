"""views/carrier.py."""

import pytest
from django.test import Client

from esimguide.models import State, Status
from tests.factories import (
    make_carrier,
    make_change,
    make_channel,
    make_fact,
    make_misconception,
    make_procedure,
    make_question,
    make_situation,
    make_unknown_fact,
    pair,
)
from tests.html import links, soup, texts, words
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db


def test_list_names_each_published_carrier_and_its_host(client: Client) -> None:
    host = make_carrier(slug="3hk", position=1, **pair("name", "3香港", "3香港"))
    make_carrier(slug="sosim", position=2, host=host, **pair("name", "SoSIM", "SoSIM"))
    make_carrier(status=Status.DRAFT)
    page = soup(client.get("/zh-hant/carriers/"))
    assert texts(page, ".card__link") == ["3香港", "SoSIM"]
    assert "使用3香港的網絡" in texts(page, ".tag")


def test_detail_shows_a_value_that_cannot_be_dialled_as_text(client: Client) -> None:
    make_channel(carrier=make_carrier(slug="cmhk"), value="2945 8888 / 2888 1010")
    page = soup(client.get("/zh-hant/carriers/cmhk/"))
    assert texts(page, ".channel__value") == ["2945 8888 / 2888 1010"]
    assert links(page, ".channel__value a") == []


def test_detail_shows_number_and_source_of_a_channel(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    channel = make_channel(carrier=carrier, value="29458888", from_mainland=True)
    hant = soup(client.get("/zh-hant/carriers/cmhk/"))
    hans = soup(client.get("/zh-hans/carriers/cmhk/"))
    assert texts(hant, ".channel__value") == ["2945 8888"]
    assert texts(hans, ".channel__value") == ["+852 2945 8888"]
    assert links(hant, ".channel__value a") == ["tel:+85229458888"]
    assert links(hant, ".channel .evidence__source") == [channel.source.url]


def test_detail_shows_an_unknown_fact_as_a_question_to_ask(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    make_unknown_fact(carrier=carrier)
    page = soup(client.get("/zh-hant/carriers/cmhk/"))
    assert words(page.select_one(".fact__value")) == "未確認。可問電訊商： 補領eSIM收費多少？"
    assert texts(page, ".fact .evidence__state") == []  # said once, in the value's place


def test_detail_shows_both_values_of_a_conflict(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    other = make_fact(carrier=carrier).source
    make_fact(
        carrier=make_carrier(slug="csl"),
        state=State.CONFLICTING,
        other_source=other,
        **pair("other_value", "HK$20", "20港元"),
    )
    page = soup(client.get("/zh-hant/carriers/csl/"))
    assert texts(page, ".fact__value") == ["HK$10", "另一來源說： HK$20"]


def test_detail_says_which_situation_has_no_confirmed_way(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    known, unknown = make_situation(slug="known"), make_situation(slug="unknown")
    make_procedure(carrier=carrier, situations=[known])
    make_procedure(carrier=carrier, situations=[unknown], state=State.UNKNOWN, source=None)
    page = soup(client.get("/zh-hant/carriers/cmhk/"))
    assert len(page.select("#known .ask__line")) == 0
    assert texts(page, "#unknown .ask__line") == ["未確認。可問電訊商： 怎樣補領？ 補領儲值卡"]


def test_detail_hides_what_is_not_published(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    situation = make_situation()
    draft = {"status": Status.DRAFT}
    make_procedure(carrier=carrier, situations=[situation], **draft)
    make_question(carrier=carrier, **draft)
    make_misconception(**draft).carriers.add(carrier)
    make_change(carrier=carrier, **draft)
    make_carrier(host=carrier, **draft)
    page = soup(client.get("/zh-hant/carriers/cmhk/"))
    assert page.select(".card, .question, .misconception, #changes, #brands") == []


def test_detail_leads_to_the_published_brands_only(client: Client) -> None:
    host = make_carrier(slug="cmhk")
    make_carrier(slug="shown", host=host)
    make_carrier(slug="draft", host=host, status=Status.DRAFT)
    page = soup(client.get("/zh-hant/carriers/cmhk/"))
    assert links(page, "[aria-labelledby=brands] a") == ["/zh-hant/carriers/shown/"]


@pytest.mark.parametrize("address", ["/zh-hant/carriers/none/", "/zh-hans/carriers/draft/"])
def test_detail_of_an_unknown_or_unpublished_carrier_is_not_found(
    client: Client, address: str
) -> None:
    make_carrier(slug="draft", status=Status.DRAFT)
    assert client.get(address).status_code == 404


def test_list_queries_do_not_grow(
    client: Client,
) -> None:

    def add() -> None:
        make_carrier(host=make_carrier())

    assert_do_not_grow(add, lambda: client.get("/zh-hant/carriers/"), most=3)


def test_detail_queries_do_not_grow(
    client: Client,
) -> None:
    carrier = make_carrier(slug="cmhk")

    def add() -> None:
        make_channel(carrier=carrier)
        make_fact(carrier=carrier)
        make_procedure(carrier=carrier, situations=[make_situation()])
        make_misconception().carriers.add(carrier)
        make_question(carrier=carrier)
        make_change(carrier=carrier)
        make_carrier(host=carrier)

    assert_do_not_grow(add, lambda: client.get("/zh-hant/carriers/cmhk/"), most=13)
