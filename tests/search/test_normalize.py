"""normalize.py: one form for all ways to write a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esimguide.search.normalize import fold, highlight, runs, tokens, written


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("帳戶", "賬户"),
        ("枱臺檯", "台台台"),
        ("裏裡", "里里"),
        ("３ＨＫ", "3hk"),
        ("SIM咭", "sim卡"),
        ("甚麼", "什么"),
        ("補領電話卡", "补领电话卡"),
        ("\ud800補", "补"),
    ],
)
def test_ways_to_write_a_word_fold_alike(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)), st.text(max_size=9))
def test_a_piece_of_a_text_stays_a_piece_of_it(before: str, after: str) -> None:
    assert fold(before) in fold(before + "，" + after)


def test_runs_part_han_letters_from_other_words() -> None:
    assert runs(fold("補領eSIM卡，2945 8888")) == ["补领", "esim", "卡", "2945", "8888"]


def test_tokens_are_pairs_and_a_runs_last_letter() -> None:
    assert tokens("補領卡eSIM") == "补领 领卡 卡 esim"


def test_marks_a_word_however_it_is_written_and_escapes_the_rest() -> None:
    assert highlight("<b>補領</b>", ["补领"]) == "&lt;b&gt;<mark>補領</mark>&lt;/b&gt;"


def test_marks_no_word_inside_another() -> None:
    assert highlight("eSIM與SIM", ["sim"]) == "eSIM與<mark>SIM</mark>"


def test_a_long_text_is_cut_around_its_first_mark() -> None:
    assert (
        highlight("一" * 50 + "補領" + "二" * 50, ["补领"], 8)
        == "……一一<mark>補領</mark>二二二二……"
    )


def test_says_how_a_word_was_written() -> None:
    assert written("三香港 換機", "换机") == "換機"
