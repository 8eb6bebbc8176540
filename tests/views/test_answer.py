"""views/answer.py: three questions, then a verdict and every route."""

import pytest
from django.test import Client

from esimguide.models import Carrier, Situation
from tests.factories import (
    make_capability,
    make_carrier,
    make_channel,
    make_device,
    make_misconception,
    make_procedure,
    make_situation,
    make_topic,
    pair,
)
from tests.html import links, soup, texts, words
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db
ANSWER = "/zh-hant/answer/?carrier=cmhk&place=mainland&situation=lost"


@pytest.fixture
def carrier() -> Carrier:
    return make_carrier(slug="cmhk", **pair("name", "中國移動香港", "中国移动香港"))


@pytest.fixture
def lost() -> Situation:
    return make_situation(slug="lost")


def test_asks_one_question_after_the_other(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    asked = []
    address = "/zh-hant/answer/"
    for _ in range(3):
        page = soup(client.get(address))
        asked.append(words(page.h1))
        address = links(page, ".choice")[0]
    assert asked == ["你的號碼屬於哪一家電訊商？", "發生了甚麼事？", "你現在在哪裏？"]
    assert address == "/zh-hant/answer/?carrier=cmhk&place=hong-kong&situation=lost"


def test_not_knowing_is_an_answer_with_a_way_on(client: Client, lost: Situation) -> None:
    make_topic(slug="find-your-carrier")
    make_procedure(slug="online", situations=[lost])
    page = soup(client.get("/zh-hant/answer/?carrier=unknown&place=unknown&situation=unknown"))
    assert words(page.h1) == "怎樣辦理：未確認"
    assert "/zh-hant/topics/find-your-carrier/" in links(page, ".care a")
    assert links(page, ".card__link") == ["/zh-hant/general/online/"]


def test_verdict_comes_first_then_the_loss_line(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    make_procedure(carrier=carrier, slug="shop", situations=[lost])
    make_channel(carrier=carrier, value="25123123")
    make_channel(carrier=carrier, value="29458888", is_loss_line=True, from_mainland=True)
    page = soup(client.get(ANSWER))
    assert words(page.h1) == "要到香港辦理"
    assert texts(page, ".lead") == ["根據： 補領儲值卡"]
    assert texts(page, ".channel__value") == ["2945 8888", "2512 3123"]


def test_each_answer_can_be_changed_and_the_others_stay(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    page = soup(client.get(ANSWER))
    changes = [a for a in links(page, ".told a") if "/answer/" in a]
    assert changes[:3] == [
        "/zh-hant/answer/?place=mainland&situation=lost",
        "/zh-hant/answer/?carrier=cmhk&place=mainland",
        "/zh-hant/answer/?carrier=cmhk&situation=lost",
    ]


def test_route_says_by_what_it_is_closed(client: Client, carrier: Carrier, lost: Situation) -> None:
    make_capability(slug="data")
    holder = make_capability(slug="card-holder", **pair("label", "卡套", "卡套"))
    make_procedure(carrier=carrier, situations=[lost], from_mainland=True).needs.add(holder)
    closed = soup(client.get(ANSWER.replace("?carrier=cmhk", "?carrier=cmhk&have=data")))
    opened = soup(client.get(ANSWER.replace("?carrier=cmhk", "?carrier=cmhk&have=card-holder")))
    assert texts(closed, "#routes .card__state") == ["暫不可行"]
    assert "欠缺： 卡套" in texts(closed, "#routes .card__summary")
    assert texts(opened, "#routes .card__state") == ["可行"]


def test_another_carriers_procedure_never_shows(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    make_procedure(carrier=make_carrier(), situations=[lost])
    make_procedure(carrier=carrier, slug="own", situations=[lost])
    page = soup(client.get(ANSWER))
    assert links(page, ".card__link") == ["/zh-hant/carriers/cmhk/own/"]


def test_odd_or_unsorted_query_is_sent_to_the_canonical_address(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    response = client.get("/zh-hant/answer/?situation=lost&x=1&place=moon&carrier=cmhk")
    assert (response.status_code, response["Location"]) == (
        302,
        "/zh-hant/answer/?carrier=cmhk&situation=lost",
    )


def test_answer_is_not_indexed_and_sets_no_cookie(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    response = client.get(ANSWER)
    assert [m["content"] for m in soup(response).select("meta[name=robots]")] == ["noindex"]
    assert not response.cookies


def test_fragment_is_a_piece_of_the_page(
    client: Client, htmx: Client, carrier: Carrier, lost: Situation
) -> None:
    make_procedure(carrier=carrier, situations=[lost])
    page = client.get(ANSWER)
    fragment = htmx.get(ANSWER, headers={"HX-Target": "routes"})
    assert fragment.content.strip() in page.content
    assert fragment.content.strip().startswith(b'<div id="routes"')


def test_queries_do_not_grow(
    client: Client,
    carrier: Carrier,
    lost: Situation,
) -> None:

    def add() -> None:
        procedure = make_procedure(carrier=carrier, situations=[lost])
        procedure.needs.add(make_capability())
        procedure.gains.add(make_capability())
        make_channel(carrier=carrier).needs.add(make_capability())
        make_misconception().situations.add(lost)
        make_topic()

    assert_do_not_grow(add, lambda: client.get(ANSWER), most=12)


def test_verdict_says_for_which_line_it_holds(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    make_procedure(carrier=carrier, situations=[lost], line="prepaid")
    any_line = soup(client.get(ANSWER))
    prepaid = soup(client.get(ANSWER.replace("&place", "&line=prepaid&place")))
    assert texts(any_line, ".lead") == ["根據： 補領儲值卡（只適用於儲值卡，其他號碼類別未確認）"]
    assert texts(prepaid, ".lead") == ["根據： 補領儲值卡"]


WITH_PHONE = ANSWER.replace("&place", "&device=phone&place")


def test_phone_without_esim_turns_the_routes_to_plastic(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    make_device(slug="phone", esim="no")
    make_procedure(carrier=carrier, slug="qr", situations=[lost], sim="esim", from_mainland=True)
    make_procedure(carrier=carrier, slug="card", situations=[lost], sim="plastic")
    page = soup(client.get(WITH_PHONE))
    assert words(page.h1) == "要到香港辦理"
    assert texts(page, ".warning strong") == [
        "iPhone 13沒有eSIM：請要求原號碼的實體SIM卡，或改用另一部手機。"
    ]
    assert texts(page, ".warning q") == [
        "我的手機沒有eSIM。可以給我同一號碼的實體SIM卡嗎？要帶甚麼、收費多少？"
    ]
    cards = {links(c, ".card__link")[0]: words(c.p) for c in page.select("#routes .card")}
    assert cards == {
        "/zh-hant/carriers/cmhk/card/": "須符合條件",
        "/zh-hant/carriers/cmhk/qr/": "暫不可行",
    }
    closed = page.select_one(".card--closed")
    assert "你的手機不支援eSIM，這個做法不適用。" in texts(closed, ".card__summary")


def test_phone_without_a_tray_closes_the_plastic_card(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    make_device(slug="phone", esim="only")
    make_procedure(carrier=carrier, situations=[lost], sim="plastic", from_mainland=True)
    page = soup(client.get(WITH_PHONE))
    assert words(page.h1) == "在內地能否辦理：未確認"
    assert texts(page, "#routes .card__state") == ["暫不可行"]
    assert "你的手機沒有卡槽，不能用實體卡，這個做法不適用。" in texts(page, ".card__summary")


@pytest.mark.parametrize(
    ("fields", "place", "said"),
    [
        (
            {"esim": "limited", "region": "mainland"},
            "mainland",
            "人在內地，這款手機安裝不了香港的eSIM",
        ),
        ({"esim": "yes", "region": "mainland"}, "hong-kong", "能否安裝香港的eSIM，未確認"),
        ({"esim": "unknown", "state": "unknown"}, "mainland", "有沒有eSIM"),
    ],
)
def test_what_is_said_of_other_phones(
    client: Client, carrier: Carrier, lost: Situation, fields: dict[str, str], place: str, said: str
) -> None:
    make_device(slug="phone", **fields)
    address = WITH_PHONE.replace("place=mainland", f"place={place}")
    [warning] = texts(soup(client.get(address)), ".warning")
    assert said in warning


@pytest.mark.parametrize("fields", [{"kind": "watch"}, {"kind": "card"}, {"status": "draft"}])
def test_what_is_no_phone_is_dropped_from_the_address(
    client: Client, carrier: Carrier, lost: Situation, fields: dict[str, str]
) -> None:
    make_device(slug="phone", **fields)
    response = client.get(WITH_PHONE)
    assert (response.status_code, response["Location"]) == (302, ANSWER)


def test_phone_is_kept_through_the_questions(
    client: Client, carrier: Carrier, lost: Situation
) -> None:
    make_device(slug="phone")
    page = soup(client.get("/zh-hant/answer/?device=phone"))
    assert links(page, ".choice")[0] == "/zh-hant/answer/?carrier=cmhk&device=phone"
