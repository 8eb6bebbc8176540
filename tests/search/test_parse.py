"""parse.py: known words and the rest."""

import pytest

from esimguide.models import Synonym
from esimguide.search.parse import literal_query, parse
from tests.factories import make_carrier, make_situation, make_term, pair

pytestmark = pytest.mark.django_db


def test_a_plain_query_is_its_runs_and_the_last_word_may_go_on() -> None:
    assert literal_query("補領 eSIM").rest == ("补领", "esim*")


def test_carrier_and_situation_are_read_out_of_words_without_spaces() -> None:
    carrier = make_carrier(slug="3hk", **pair("name", "3香港", "3香港"))
    situation = make_situation(slug="new-phone", **pair("title", "換新手機", "换新手机"))
    Synonym.objects.create(word="三香港", carrier=carrier)
    Synonym.objects.create(word="換機", situation=situation)
    for typed in ("3HK換機", "三香港 换机", "3 香港換新手機", "換機3hk"):
        assert parse(typed).answer == "carrier=3hk&situation=new-phone", typed


def test_a_word_is_not_read_out_of_the_middle_of_another() -> None:
    make_carrier(slug="csl")
    assert parse("cslx").carriers == []


def test_a_glossary_word_matches_in_all_its_forms() -> None:
    make_term(**pair("word", "增值", "充值"), english="top up")
    query = parse("充值")
    assert query.terms == ((("top", "up"), ("充值",), ("增值",)),)
    assert query.meanings[0].stands_for == ["增值"]


def test_letters_typed_one_by_one_are_one_word() -> None:
    make_term(**pair("word", "增值", "充值"))
    assert [m.typed for m in parse("充 值").meanings] == ["充值"]
    assert parse("手 機 卡").rest == ("手机卡",)
    assert parse("手機 卡").rest == ("手机", "卡")


def test_a_letter_left_between_known_words_says_nothing() -> None:
    make_term(**pair("word", "增值", "充值"))
    assert len(parse("增值了").terms) == 1


def test_deleting_what_a_word_stands_for_drops_the_word() -> None:
    carrier = make_carrier(slug="3hk")
    Synonym.objects.create(word="三香港", carrier=carrier)
    carrier.delete()
    assert parse("三香港").meanings == ()
