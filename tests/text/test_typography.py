"""typography.py: signs and words of each side."""

import pytest

from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from esimguide.text.typography import typography_problems, words_used


@pytest.mark.parametrize(
    ("text", "language", "problems"),
    [
        ("致電12580，按「2」。", TRADITIONAL, 0),
        ("拨打12580，按“2”。", SIMPLIFIED, 0),
        ("致電 12580", TRADITIONAL, 1),
        ("eSIM 卡", TRADITIONAL, 1),
        ("先致電,再去", TRADITIONAL, 1),
        ("（見上）(見下)", TRADITIONAL, 1),
        ("快來！", TRADITIONAL, 1),
        ("按“2”", TRADITIONAL, 1),
        ("按「2」", SIMPLIFIED, 1),
        ("打開户口", TRADITIONAL, 1),
        ("等等…", SIMPLIFIED, 1),
        ("等等……", SIMPLIFIED, 0),
        ("１２３", SIMPLIFIED, 1),
        ("[頁](https://a.example/?a=1,2)", TRADITIONAL, 0),
        ("他說'好'", TRADITIONAL, 1),
    ],
)
def test_typography(text: str, language: str, problems: int) -> None:
    assert len(typography_problems(text, language)) == problems


def test_words_used_spares_quotations_and_names() -> None:
    words = ("门市", "电讯")
    assert words_used("到门市去", words) == ["门市"]
    assert words_used("到营业厅（香港叫“门市”）去", words) == []
    assert words_used("和记电讯的营业厅", words, names=("和记电讯",)) == []
