"""admin/difference.py: what was taken out and put in."""

import time

from esimguide.editorial.diff import diff_html


def test_letters_are_marked_and_escaped() -> None:
    assert diff_html("收費HK$10", "收費HK$15<b>") == ("收費HK$<del>10</del><ins>15&lt;b&gt;</ins>")
    assert diff_html("同", "同") == "同"


def test_long_texts_go_by_sentences() -> None:
    old, new = "甲乙。" * 3000, "甲丙。" * 3000
    start = time.monotonic()
    assert diff_html(old, f"{old}新。") == f"{old}<ins>新。</ins>"
    assert diff_html(old, new).count("<del>") == 1
    assert time.monotonic() - start < 20
