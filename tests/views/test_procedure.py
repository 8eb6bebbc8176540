"""views/procedure.py: steps, their fragment, and the sheet."""

import pytest
from django.test import Client

from esimguide.models import Procedure, Requirement, State, Status
from tests.factories import (
    make_capability,
    make_carrier,
    make_channel,
    make_document,
    make_fact,
    make_misconception,
    make_procedure,
    make_question,
    make_requirement,
    make_situation,
    make_step,
    make_term,
    pair,
)
from tests.html import links, soup, texts, words
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db
ADDRESS = "/zh-hant/carriers/cmhk/card-lost/"


@pytest.fixture
def procedure() -> Procedure:
    made = make_procedure(
        carrier=make_carrier(slug="cmhk"), slug="card-lost", situations=[make_situation()]
    )
    for number in range(1, 4):
        make_step(procedure=made, **pair("title", f"做第{number}件事", f"做第{number}件事"))
    make_step(procedure=made, is_alternative=True, **pair("title", "或者這樣做", "或者这样做"))
    return made


def test_detail_shows_all_steps_with_the_number_inside_the_heading(
    client: Client, procedure: Procedure
) -> None:
    page = soup(client.get(ADDRESS))
    assert texts(page, "h3.step__title") == [
        "第1步 做第1件事",
        "第2步 做第2件事",
        "第3步 做第3件事",
    ]
    assert texts(page, "#step-3 h4.step__title") == ["或者這樣做"]


def test_detail_shows_one_step_and_the_way_on(client: Client, procedure: Procedure) -> None:
    page = soup(client.get(f"{ADDRESS}?step=2"))
    assert texts(page, "h3.step__title") == ["第2步 做第2件事"]
    assert links(page, ".pager a") == ["?step=1#steps", "?step=3#steps"]


def test_detail_shows_how_one_knows_it_worked_only_after_the_last_step(client: Client) -> None:
    procedure = make_procedure(
        carrier=make_carrier(slug="cmhk"), slug="card-lost", **pair("worked_if", "有訊號", "有信号")
    )
    make_step(procedure=procedure)
    make_step(procedure=procedure)
    shown = [
        len(soup(client.get(ADDRESS + q)).select(".worked")) for q in ("", "?step=1", "?step=2")
    ]
    assert shown == [1, 0, 1]


@pytest.mark.parametrize("query", ["", "?step=1", "?step=3"])
def test_fragment_is_a_piece_of_the_page(
    client: Client, htmx: Client, procedure: Procedure, query: str
) -> None:
    page = client.get(ADDRESS + query)
    fragment = htmx.get(ADDRESS + query, headers={"HX-Target": "steps"})
    assert fragment.content.strip() in page.content
    assert fragment.content.strip().startswith(b'<div class="steps" id="steps"')


def test_a_word_of_the_fragment_is_explained_in_it_and_not_again_around_it(
    client: Client, htmx: Client
) -> None:
    procedure = make_procedure(
        carrier=make_carrier(slug="cmhk"),
        slug="card-lost",
        **pair("before", "先增值。", "先充值。"),
    )
    make_step(procedure=procedure, **pair("body", "再增值。", "再充值。"))
    make_term()
    page = client.get(ADDRESS)
    fragment = htmx.get(ADDRESS, headers={"HX-Target": "steps"})
    assert fragment.content.strip() in page.content
    assert [len(soup(answer).select("a.term")) for answer in (page, fragment)] == [1, 1]


def test_another_target_or_a_history_restore_gets_the_page(
    client: Client, htmx: Client, procedure: Procedure
) -> None:
    page = client.get(ADDRESS).content
    restore = htmx.get(ADDRESS, headers={"HX-History-Restore-Request": "true"})
    other = htmx.get(ADDRESS, headers={"HX-Target": "elsewhere"})
    assert (restore.content, other.content) == (page, page)


def test_page_and_fragment_vary_by_the_same_headers(
    client: Client, htmx: Client, procedure: Procedure
) -> None:
    answers = client.get(ADDRESS), htmx.get(ADDRESS, headers={"HX-Target": "steps"})
    varied = [{name.strip() for name in answer["Vary"].split(",")} for answer in answers]
    assert varied == [{"HX-Request", "HX-Target", "Accept-Encoding"}] * 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?step=3", 200),
        ("?step=4", 404),
        ("?step=0", 400),
        ("?step=-1", 400),
        ("?step=1.5", 400),
        ("?step=abc", 400),
        ("?step=", 400),
        ("?step=１", 400),
        ("?step=99999999999999999999", 400),
        ("?step=%00", 400),
        ("?from=singlemessage&isappinstalled=0", 200),
    ],
)
def test_step_number(client: Client, procedure: Procedure, query: str, status: int) -> None:
    assert client.get(ADDRESS + query).status_code == status


def test_unknown_procedure_shows_the_sentences_to_ask(client: Client) -> None:
    make_procedure(
        carrier=make_carrier(slug="cmhk"),
        slug="ask",
        state=State.UNKNOWN,
        source=None,
        situations=[make_situation()],
    )
    page = soup(client.get("/zh-hant/carriers/cmhk/ask/"))
    assert texts(page, ".ask__line") == ["手機遺失怎樣補領？"]
    assert "2026年11月23日找不到可靠資料" in words(page.select_one(".checked-line"))


def test_general_procedure_has_its_own_address(client: Client) -> None:
    make_procedure(slug="online")
    assert client.get("/zh-hans/general/online/").status_code == 200
    assert client.get("/zh-hans/general/online/checklist/").status_code == 200


def test_carriers_procedure_is_not_general_nor_anothers(
    client: Client, procedure: Procedure
) -> None:
    make_carrier(slug="csl")
    addresses = ("/zh-hant/general/card-lost/", "/zh-hant/carriers/csl/card-lost/")
    assert [client.get(address).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW])
def test_unpublished_procedure_is_not_found(client: Client, status: Status) -> None:
    make_procedure(carrier=make_carrier(slug="cmhk"), slug="card-lost", status=status)
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}checklist/").status_code == 404


def test_procedure_of_an_unpublished_carrier_is_not_found(client: Client) -> None:
    make_procedure(carrier=make_carrier(slug="cmhk", status=Status.DRAFT), slug="card-lost")
    assert client.get(ADDRESS).status_code == 404


def test_misconceptions_of_the_situation_show_unless_they_are_another_carriers(
    client: Client, procedure: Procedure
) -> None:
    situation = procedure.situations.get()
    general = make_misconception(**pair("claim", "人人都信", "人人都信"))
    others = make_misconception(**pair("claim", "別家才信", "别家才信"))
    general.situations.add(situation)
    others.situations.add(situation)
    others.carriers.add(make_carrier())
    page = soup(client.get(ADDRESS))
    assert texts(page, ".misconception__claim") == ["不對： 人人都信"]


def test_misconception_stands_at_the_step_where_people_go_wrong(
    client: Client, procedure: Procedure
) -> None:
    shown = make_misconception(**pair("claim", "刪除就會搬走", "删除就会搬走"))
    hidden = make_misconception(status=Status.DRAFT)
    for misconception in (shown, hidden):
        misconception.steps.add(procedure.steps.get(position=2))
    page = soup(client.get(ADDRESS))
    assert texts(page, "#step-2 .warning__title") == ["不對： 刪除就會搬走"]
    assert texts(page, "#step-1 .warning__title") == []


def test_checklist_lists_what_to_bring_in_three_groups(
    client: Client, procedure: Procedure
) -> None:
    for necessity in Requirement.Necessity:
        document = make_document(**pair("name", necessity.value, necessity.value))
        make_requirement(procedure=procedure, document=document, necessity=necessity)
    page = soup(client.get(f"{ADDRESS}checklist/"))
    assert texts(page, ".requirement__name") == ["required", "one-of", "maybe"]


def test_checklist_carries_address_code_dates_and_every_step(
    client: Client, procedure: Procedure
) -> None:
    page = soup(client.get(f"{ADDRESS}checklist/"))
    assert words(page.select_one(".sheet__address")) == f"網址： http://testserver{ADDRESS}"
    assert len(page.select("svg.qr__code")) == 1
    assert "2026年11月23日核對" in words(page.select_one(".checked-line"))
    assert len(page.select(".step")) == 3
    assert str(page.select_one("meta[name=robots]")["content"]) == "noindex"


@pytest.mark.parametrize("sheet", ["", "checklist/", "helper/"])
def test_queries_do_not_grow(
    client: Client,
    sheet: str,
) -> None:
    carrier = make_carrier(slug="cmhk")
    procedure = make_procedure(carrier=carrier, slug="card-lost")
    other = make_fact().source

    def add() -> None:
        procedure.situations.add(make_situation())
        procedure.needs.add(make_capability())
        conflict = {"state": State.CONFLICTING, "other_source": other}
        text = pair("other_value", "HK$20", "20港元")
        make_fact(procedure=procedure, **conflict, **text)
        fact = make_fact(carrier=carrier, **conflict, **text)
        make_step(procedure=procedure).facts.add(fact)
        make_requirement(procedure=procedure)
        make_question(procedure=procedure)
        make_misconception().situations.set(procedure.situations.all())
        make_channel(carrier=carrier).needs.add(make_capability())

    assert_do_not_grow(add, lambda: client.get(ADDRESS + sheet), most=16)


@pytest.mark.parametrize("sheet", ["checklist", "counter-sheet", "helper", "call-script"])
@pytest.mark.parametrize("start", ["carriers/cmhk/card-lost", "general/online"])
def test_every_sheet_carries_title_address_code_and_dates(
    client: Client, procedure: Procedure, sheet: str, start: str
) -> None:
    make_procedure(slug="online")
    page = soup(client.get(f"/zh-hans/{start}/{sheet}/"))
    assert texts(page, "h1") == ["补办预付费卡"]
    assert words(page.select_one(".sheet__address")) == f"网址： http://testserver/zh-hans/{start}/"
    assert len(page.select("svg.qr__code")) == 1
    assert "2026年11月23日核对" in words(page.select_one(".checked-line"))
    assert texts(page, ".sources li") != []


def test_unknown_sheet_is_not_found(client: Client, procedure: Procedure) -> None:
    assert client.get(f"{ADDRESS}poster/").status_code == 404


def test_counter_sheet_speaks_to_the_counter_in_traditional_and_english(
    client: Client, procedure: Procedure
) -> None:
    make_requirement(procedure=procedure)
    page = soup(client.get("/zh-hans/carriers/cmhk/card-lost/counter-sheet/"))
    trios = texts(page, ".ticks .trio")
    assert "手機遺失 Phone lost 手机丢失" in trios
    assert "卡套 SIM card holder 卡套" in trios
    assert "儲值卡 Prepaid card 预付费卡" in trios
    hant = soup(client.get("/zh-hant/carriers/cmhk/card-lost/counter-sheet/"))
    assert "儲值卡 Prepaid card" in texts(hant, ".ticks .trio")


def test_helper_sheet_shows_what_is_known_about_proxies(
    client: Client, procedure: Procedure
) -> None:
    make_fact(carrier=procedure.carrier, kind="proxy", **pair("label", "代辦", "代办"))
    make_fact(carrier=procedure.carrier, **pair("label", "收費", "费用"))
    page = soup(client.get(f"{ADDRESS}helper/"))
    assert texts(page, ".fact__label") == ["代辦"]
    assert len(page.select(".letter [lang=en] .blank")) == 5


def test_call_script_says_the_sentence_in_traditional_and_the_readers_own(
    client: Client, procedure: Procedure
) -> None:
    page = soup(client.get("/zh-hans/carriers/cmhk/card-lost/call-script/"))
    assert texts(page, ".script q") == ["怎樣補領？", "怎么补办？"]
