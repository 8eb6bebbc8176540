"""normalize.py: what a stored text may hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esimguide.text.normalize import normalize, normalize_line, search_words


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
    assert normalize(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"), [(" a \n\n b ", "a b"), ("\u200b\u202e", ""), ("a  b", "a  b")]
)
def test_one_line(typed: str, stored: str) -> None:
    assert normalize_line(typed) == stored


@given(st.text(st.characters()))
def test_tidy_text_is_tidy_for_good(text: str) -> None:
    stored = normalize(text)
    assert normalize(stored) == stored == unicodedata.normalize("NFC", stored)
    odd = {c for c in stored if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    assert odd <= {"\n", "\u200c", "\u200d"}
    assert "\n" not in normalize_line(text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("  iPhone  13 ", ["iphone", "13"]),
        ("iPhone14ProMax", ["iphone", "14", "promax"]),
        ("苹果14", ["苹果", "14"]),
        ("三星手機", ["三星"]),
        ("Galaxy S24Ultra", ["galaxy", "s24", "ultra"]),
        ("iPhone 17e", ["iphone", "17e"]),
        ("A3518", ["a3518"]),
        ("XQ-FS54", ["xq-fs54"]),
        ("12、13", ["12", "13"]),
    ],
)
def test_search_words(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words
