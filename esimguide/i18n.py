"""The guide's two languages, and the descriptor that reads a two-column text in the active one."""

from collections.abc import Callable
from typing import Self, overload

from django.utils.translation import get_language, override

TRADITIONAL = "zh-hant"
SIMPLIFIED = "zh-hans"
LANGUAGES = ((TRADITIONAL, "繁體中文"), (SIMPLIFIED, "简体中文"))

# Browsers pick Hong Kong or mainland glyphs by the region tag; Django's codes carry none.
HTML_TAGS = {TRADITIONAL: "zh-Hant-HK", SIMPLIFIED: "zh-Hans-CN"}
COLUMNS = {TRADITIONAL: "zh_hant", SIMPLIFIED: "zh_hans"}


def active_language() -> str:
    """Return the active language's code; Traditional when it is none of the guide's two."""
    language = get_language()
    return language if language in HTML_TAGS else TRADITIONAL


def other_language(language: str) -> str:
    return SIMPLIFIED if language == TRADITIONAL else TRADITIONAL


def language_of(column: str) -> str | None:
    """Return the language whose text the model field called ``column`` holds, or None."""
    return next((code for code, side in COLUMNS.items() if column.endswith(f"_{side}")), None)


def in_both(make: Callable[[], str]) -> tuple[str, str]:
    """Return what ``make`` gives in Traditional and in Simplified."""
    with override(TRADITIONAL):
        traditional = str(make())
    with override(SIMPLIFIED):
        return traditional, str(make())


class Translated:
    """Read-only text of the active language out of ``<name>_zh_hant`` and ``<name>_zh_hans``.

    It never falls back to the other language: publishing requires both columns, so a blank one
    belongs to a draft and shall be seen as blank. Writing names its column.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> str: ...
    def __get__(self, instance: object | None, owner: type) -> Self | str:
        if instance is None:
            return self
        return str(getattr(instance, f"{self.name}_{COLUMNS[active_language()]}"))

    def __set__(self, instance: object, value: object) -> None:
        """Refuse: a text is written through its columns."""
        raise AttributeError(f"write {self.name}_zh_hant or {self.name}_zh_hans, not {self.name}")
