"""results.py: what is found, and in which order."""

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import DjangoAssertNumQueries

from esimguide.models import Carrier, SearchEntry, State, Status, Synonym
from esimguide.search.results import RANKED, find
from tests.factories import (
    make_carrier,
    make_fact,
    make_procedure,
    make_question,
    make_situation,
    make_step,
    make_term,
    make_topic,
    pair,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def titles(typed: str) -> list[str]:
    return [hit.title for hit in find(typed).hits]


@pytest.mark.parametrize("typed", ["補領", "补领", "補 領", "領儲值", "儲", "预付费卡", "ＥＳＩＭ"])
def test_either_script_finds_the_same(typed: str) -> None:
    make_procedure(**pair("title", "補領儲值卡和eSIM", "补办预付费卡和eSIM"))
    make_topic(**pair("title", "別的", "别的"))
    assert titles(typed) == ["補領儲值卡和eSIM"]


def test_each_sides_word_finds_the_others() -> None:
    make_term(**pair("word", "門市", "营业厅"), english="shop")
    make_topic(**pair("title", "到門市去", "去门店"))
    for typed in ("門市", "營業廳", "shop"):
        assert "到門市去" in titles(typed)


def test_titles_come_before_steps_before_facts_before_questions() -> None:
    words = "補領"
    make_question(**pair("question", words, words))
    make_fact(**pair("label", words, words))
    make_step(
        procedure=make_procedure(**pair("title", "其他", "其他")), **pair("title", words, words)
    )
    make_procedure(**pair("title", words, words))
    make_topic(**pair("title", "別的", "别的"), **pair("body", words, words))
    kinds = [hit.label for hit in find(words).hits]
    assert kinds == ["手續", "步驟", "事實", "問題", "主題"]


def test_the_named_carriers_procedures_come_first_then_general_ones() -> None:
    own, other = make_carrier(slug="3hk"), make_carrier(slug="csl")
    situation = make_situation(**pair("title", "換新手機", "换新手机"))
    for carrier, title in ((other, "甲"), (None, "乙"), (own, "丙")):
        make_procedure(carrier=carrier, situations=[situation], **pair("title", title, title))
    assert titles("3hk 換新手機") == ["丙", "乙"]


def test_of_a_named_carrier_the_procedure_comes_before_a_confirmed_step() -> None:
    carrier = make_carrier(slug="csl")
    words = pair("title", "補領", "补办")
    for state, steps in ((State.UNKNOWN, 0), (State.OFFICIAL, 1)):
        title = words if state == State.UNKNOWN else pair("title", "報失", "挂失")
        procedure = make_procedure(carrier=carrier, state=state, **title)
        for _ in range(steps):
            make_step(procedure=procedure, **words)
    assert [hit.label for hit in find("csl 補領").hits] == ["手續", "步驟"]


def test_what_is_the_named_carriers_is_found_however_many_others_hold_the_word() -> None:
    words = pair("value", "火星", "火星")
    for _ in range(RANKED + 1):
        make_topic(**pair("body", "火星", "火星"))
    make_fact(carrier=make_carrier(slug="csl", **pair("name", "乙", "乙")), **words)
    first = find("csl 火星").hits[0]
    assert (first.label, first.about) == ("事實", "乙")


def test_what_is_confirmed_comes_first() -> None:
    situation = make_situation(**pair("title", "換新手機", "换新手机"))
    make_procedure(situations=[situation], state=State.UNKNOWN, **pair("title", "問", "问"))
    make_procedure(situations=[situation], **pair("title", "做", "做"))
    assert titles("换新手机") == ["做", "問"]


def test_where_nothing_holds_all_words_some_will_do() -> None:
    make_topic(**pair("title", "補領的收費", "补办的收费"))
    found = find("補領點算好")
    assert (found.is_loose, [hit.title for hit in found.hits]) == (True, ["補領的收費"])


def test_an_edit_shows_at_once_and_what_is_withdrawn_is_gone() -> None:
    topic = make_topic(**pair("title", "補領", "补办"))
    topic.title_zh_hant = "報失"
    topic.save()
    assert (titles("報失"), titles("補領")) == (["報失"], [])
    topic.status = Status.WITHDRAWN
    topic.save()
    assert titles("報失") == []


def test_a_carrier_takes_what_is_its_own_along() -> None:
    carrier = make_carrier(**pair("name", "甲電訊", "甲电讯"))
    make_step(procedure=make_procedure(carrier=carrier), **pair("title", "按鈕", "按钮"))
    make_fact(carrier=carrier, **pair("label", "按鈕", "按钮"))
    carrier.name_zh_hant = "乙電訊"
    carrier.save()
    assert {hit.about.partition("・")[0] for hit in find("按鈕").hits} == {"乙電訊"}
    Carrier.objects.filter(pk=carrier.pk).delete()
    assert titles("按鈕") == []


def test_what_went_past_save_is_found_after_reindex() -> None:
    topic = make_topic(**pair("title", "補領", "补办"))
    type(topic).objects.update(title_zh_hant="報失")
    assert titles("報失") == []
    call_command("reindex", verbosity=0)
    assert titles("報失") == ["報失"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own in step")
@pytest.mark.parametrize("table", ["esimguide_entry_found", "esimguide_entry_titled"])
def test_both_tables_of_sqlite_hold_what_the_entries_say(table: str) -> None:
    topic, gone = make_topic(), make_topic()
    topic.title_zh_hant = "報失"
    topic.save()
    SearchEntry.objects.filter(topic=topic).update(title_tokens="报失 失")
    gone.delete()
    check = "INSERT INTO {0}({0}, rank) VALUES ('integrity-check', 1)"
    with connection.cursor() as cursor:
        cursor.execute(check.format(table))  # fails where a word is missing or left over


def test_a_step_is_found_under_its_present_number() -> None:
    procedure = make_procedure()
    make_step(procedure=procedure)
    make_step(procedure=procedure, is_alternative=True)
    make_step(procedure=procedure, **pair("title", "按鈕", "按钮"))
    assert [hit.number for hit in find("按鈕").hits] == [2]


NASTY = (
    *('"', "*", "-", "NEAR(", "%_\\", "補" * 20_000, "a\x00b", "\ud800", "   ", "\u202e\u200f補"),
    *("' OR 1=1 --", "AND OR NOT", "{title_tokens}:", "^補", "補*", "(((", "：", "a" * 5000, "٣٤"),
)


@pytest.mark.parametrize("typed", NASTY)
def test_nasty_input_finds_nothing_or_something(typed: str) -> None:
    make_topic()
    assert find(typed[:100]).total >= 0


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(rows):
        make_step(procedure=make_procedure(carrier=make_carrier()), **pair("title", "按鈕", "按钮"))
        Synonym.objects.create(word=f"按鍵{number}", means="按鈕")
    with django_assert_num_queries(2):
        find("按鈕")
    with django_assert_num_queries(3):
        find("按鈕在哪")
