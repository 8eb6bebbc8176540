"""Tests mirror the code: a module's tests stand under the same name, in the same folder."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE, TESTS = ROOT / "esimguide", ROOT / "tests"

# Folders of which each module has its tests. (A model has some where it has rules of its own.)
MIRRORED = (
    "admin",
    "admin/auth",
    "admin/desk",
    "admin/procedure",
    "admin/subjects",
    "editorial",
    "feedback",
    "guide",
    "ops",
    "search",
    "text",
    "views",
)
# Tested with every page, and "environment" with the settings that read it.
WITHOUT_TESTS = {"apps", "environment", "urls", "wsgi"}


def names(folder: Path, prefix: str = "") -> set[str]:
    return {p.stem.removeprefix(prefix) for p in folder.glob(f"{prefix}*.py")} - {"__init__"}


@pytest.mark.parametrize("folder", MIRRORED)
def test_every_module_has_its_tests(folder: str) -> None:
    assert names(CODE / folder) == names(TESTS / folder, "test_")


def test_every_command_has_its_tests() -> None:
    assert names(CODE / "management/commands") == names(TESTS / "management", "test_")


def test_every_module_at_the_top_has_its_tests() -> None:
    assert names(CODE) - WITHOUT_TESTS == names(TESTS, "test_")


def test_every_test_of_a_model_names_one() -> None:
    assert names(TESTS / "models", "test_") <= names(CODE / "models") | {"constraints"}
