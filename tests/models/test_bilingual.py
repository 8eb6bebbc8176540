"""models/bilingual.py: clean() names the empty column."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from esimguide.models import Procedure, Status, Step
from esimguide.models.bilingual import translated_names
from tests.factories import make_procedure, make_step, make_topic, pair

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_translated_names_in_their_order() -> None:
    assert translated_names(Procedure) == ("title", "summary", "before", "worked_if")


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_a_draft_in_one_language_is_called_alike_in_the_other(language: str) -> None:
    draft = {"status": Status.DRAFT, **pair("title", "只有繁體", "")}
    with override(language):
        assert str(make_topic(**draft)) == "只有繁體"
        assert str(make_procedure(**draft)) == "只有繁體"
        assert (
            str(make_topic(**pair("title", "繁", "简")))
            == {"zh-hant": "繁", "zh-hans": "简"}[language]
        )


def test_published_text_names_its_empty_columns() -> None:
    topic = make_topic(status=Status.DRAFT, **pair("body", "正文", ""))
    topic.clean()
    topic.status = Status.PUBLISHED
    with pytest.raises(ValidationError) as raised:
        topic.clean()
    assert list(raised.value.message_dict) == ["body_zh_hans"]


def test_one_sided_optional_text_is_an_error_and_an_absent_one_is_not() -> None:
    step = make_step(procedure=make_procedure())
    step.clean()
    step.caution_zh_hans = "小心"
    with pytest.raises(ValidationError) as raised:
        step.clean()
    assert list(raised.value.message_dict) == ["caution_zh_hant"]


def test_required_text_of_a_step_is_due_even_when_both_are_empty() -> None:
    step = Step(procedure=make_procedure(), position=1)
    assert step.empty_columns() == ["title_zh_hant", "title_zh_hans"]
