"""docs/editing.md: it calls things what the admin calls them, and keeps to the rules of writing."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.utils.translation import trans_real

from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from tests.content.shipped import Text, faults

MANUAL = (Path(__file__).resolve().parents[2] / "docs/editing.md").read_text("utf-8")
_, HANT, HANS = re.split(r"^## .*$", MANUAL, flags=re.MULTILINE)
PARTS = [(TRADITIONAL, HANT), (SIMPLIFIED, HANS)]


@pytest.mark.parametrize(("language", "part"), PARTS)
def test_every_label_is_one_of_the_admin(language: str, part: str) -> None:
    """Labels stand in bold; the catalogue of the language, ours over Django's, must hold them."""
    catalogue = trans_real.translation(language)._catalog  # noqa: SLF001 (its only list of words)
    known = {str(text) for _english, text in catalogue.items()}
    labels = set(re.findall(r"\*\*(.+?)\*\*", part))
    assert len(labels) > 50
    assert labels - known == set()


@pytest.mark.parametrize(("language", "part"), PARTS)
def test_it_keeps_to_the_rules_of_writing(language: str, part: str) -> None:
    prose = re.sub(r"\*\*|^\d+\. |^#+ ", "", re.sub(r"`[^`]*`", "X", part), flags=re.MULTILINE)
    found = [faults(Text(line, language, line, "")) for line in prose.splitlines()]
    assert [fault for fault in found if fault] == []


def test_both_parts_have_the_same_tasks() -> None:
    shapes = [re.sub(r"[^#*\d`\n.-]|\d+(?!\. )", "", part) for _language, part in PARTS]
    assert shapes[0].strip() == shapes[1].strip()


def test_every_command_exists() -> None:
    named = set(re.findall(r"`bin/manage (\w+)", MANUAL))
    assert len(named) == 7
    assert named - set(get_commands()) == set()
