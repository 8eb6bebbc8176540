"""plain.py: what a stored text may hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esimguide.plain import one_line, tidy


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("plain", "plain"),
        ("e\u0301", "é"),
        ("\uf900", "\u8c48"),  # a compatibility form of 豈
        ("abc\u202edef\u202c", "abcdef"),
        ("\u2066x\u2069\u200f\u061c", "x"),
        ("eS\u200bIM\ufeff", "eSIM"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tag\U000e0041", "tag"),
        ("half\ud800", "half"),
        ("a\tb", "a b"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("補領\U000e0100", "補領\U000e0100"),  # a variant of a character is visible
    ],
)
def test_tidy(typed: str, stored: str) -> None:
    assert tidy(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"), [(" a \n\n b ", "a b"), ("\u200b\u202e", ""), ("a  b", "a  b")]
)
def test_one_line(typed: str, stored: str) -> None:
    assert one_line(typed) == stored


@given(st.text(st.characters()))
def test_tidy_text_is_tidy_for_good(text: str) -> None:
    stored = tidy(text)
    assert tidy(stored) == stored == unicodedata.normalize("NFC", stored)
    odd = {c for c in stored if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    assert odd <= {"\n", "\u200c", "\u200d"}
    assert "\n" not in one_line(text)
