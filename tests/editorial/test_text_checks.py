"""text_checks.py: drafts, wrong words and signs, and what a procedure still needs."""

import pytest

from esimguide.editorial.text_checks import condition, draft_simplified, problems, still_needed
from esimguide.models import Status, Term
from tests.factories import (
    make_procedure,
    make_requirement,
    make_situation,
    make_step,
    make_term,
    make_topic,
    pair,
)


def test_a_draft_has_simplified_letters_and_quotation_marks() -> None:
    assert draft_simplified("致電電訊商，說「補領」。") == "致电电讯商，说“补领”。"


@pytest.mark.django_db
def test_a_word_of_the_other_side_is_named_with_the_one_to_use() -> None:
    terms = [make_term(**pair("word", "增值", "充值"), **pair("forbidden", "充值", "增值"))]
    found = problems("先充值再打。", "zh-hant", terms)
    assert [(p.words, p.is_error) for p in found] == [("這裏不用「充值」，請用「增值」。", True)]
    assert problems("先增值再打。", "zh-hant", terms) == []
    assert problems("先充值再打。", "zh-hans", terms) == []


@pytest.mark.django_db
def test_a_word_that_does_not_mislead_is_a_warning_only() -> None:
    term = make_term(**pair("forbidden", "充值", ""), grade=Term.Grade.FOREIGN)
    assert [p.is_error for p in problems("先充值。", "zh-hant", [term])] == [False]


def test_a_wrong_sign_is_an_error_with_its_spot() -> None:
    assert problems("先打,再說。", "zh-hant", []) == [("半形標點: …打,…", True)]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("這裡", "zh-hant", "香港寫作戶、說、啟、賬、裏: …裡…"),
        ("他說“好”", "zh-hant", "引號應為「」和『』: …“…"),
        ("他说「好」", "zh-hans", "引號不合簡體寫法: …「…"),
    ],
)
def test_a_wrong_sign_is_named_with_the_one_to_use(text: str, language: str, words: str) -> None:
    assert problems(text, language, []) == [(words, True)]


@pytest.mark.django_db
def test_what_a_draft_still_needs() -> None:
    bare = make_procedure(
        status=Status.DRAFT,
        **pair("summary", "", ""),
        **pair("before", "先看,再做", "先看，再做"),
        title_zh_hans="",
    )
    assert still_needed(bare) == [
        "一個步驟",
        "一種情況",
        "標題（简体中文）",
        "摘要（繁體中文）",
        "摘要（简体中文）",
        f"{bare}：半形標點: …看,…",
    ]
    whole = make_procedure(status=Status.DRAFT, situations=[make_situation()])
    make_step(procedure=whole)
    assert still_needed(whole) == []


@pytest.mark.django_db
def test_condition_is_the_worst_of_the_page_and_its_rows() -> None:
    def codes(record: object) -> list[str]:
        return [condition(record, language).code for language in ("zh-hant", "zh-hans")]  # type: ignore[arg-type]

    topic = make_topic()
    assert codes(topic) == ["complete", "complete"]
    topic.body_zh_hant = "新的原文。"
    topic.save()
    assert codes(topic) == ["complete", "stale"]
    assert codes(make_topic(status=Status.DRAFT)) == ["draft", "draft"]
    assert codes(make_topic(status=Status.DRAFT, body_zh_hans="")) == ["draft", "missing"]
    procedure = make_procedure()
    row = make_requirement(procedure=procedure, **pair("note", "正本", "原件"))
    row.note_zh_hant = "副本"
    row.save()
    assert condition(procedure, "zh-hans", [row]).code == "stale"
