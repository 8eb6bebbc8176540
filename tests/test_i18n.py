"""i18n.py: the descriptor and the two languages."""

import pytest
from django.utils.translation import override

from esimguide.i18n import Translated, active_language, other_language


class Page:
    title = Translated()

    def __init__(self) -> None:
        self.title_zh_hant, self.title_zh_hans = "補領", "补办"


def test_translated_reads_the_active_languages_column() -> None:
    with override("zh-hant"):
        assert Page().title == "補領"
    with override("zh-hans"):
        assert Page().title == "补办"


def test_translated_never_falls_back_to_the_other_language() -> None:
    page = Page()
    page.title_zh_hans = ""
    with override("zh-hans"):
        assert page.title == ""


def test_translated_refuses_to_be_written() -> None:
    with pytest.raises(AttributeError, match="write title_zh_hant or title_zh_hans"):
        Page().title = "x"  # type: ignore[misc]


def test_translated_on_the_class_is_itself() -> None:
    assert isinstance(Page.title, Translated)


@pytest.mark.parametrize(("language", "read_as"), [("zh-hans", "zh-hans"), ("en", "zh-hant")])
def test_active_language_is_one_of_the_two(language: str, read_as: str) -> None:
    with override(language):
        assert active_language() == read_as


def test_other_language() -> None:
    assert [other_language("zh-hant"), other_language("zh-hans")] == ["zh-hans", "zh-hant"]
