"""The interface's words: both catalogues complete, each in its own letters and words."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from tests.content.shipped import Text, faults

LOCALE = Path(__file__).resolve().parents[2] / "esimguide" / "locale"
CATALOGUES = {TRADITIONAL: "zh_Hant", SIMPLIFIED: "zh_Hans"}


def messages(language: str) -> dict[tuple[str | None, str], str]:
    path = LOCALE / CATALOGUES[language] / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    assert not [m.id for m in catalogue if m.fuzzy and m.id]
    return {(m.context, str(m.id)): str(m.string) for m in catalogue if m.id}


def test_both_catalogues_hold_the_same_messages() -> None:
    assert messages(TRADITIONAL).keys() == messages(SIMPLIFIED).keys()


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_message_is_translated_by_the_rules_of_writing(language: str) -> None:
    found = [
        fault
        for (_, message), text in messages(language).items()
        for fault in faults(Text(message, language, text, "")) or ([] if text else [message])
    ]
    assert found == []
