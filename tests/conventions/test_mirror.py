"""Tests mirror the code: a view's or pure module's tests stand under the same name."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PURE = (
    "asgi",
    "checklist",
    "checks",
    "comparison",
    "copies",
    "coverage",
    "engines",
    "folding",
    "forms",
    "http",
    "i18n",
    "inline",
    "limits",
    "links",
    "logs",
    "middleware",
    "pagecache",
    "plain",
    "query",
    "routes",
    "search",
    "settings",
    "sitemaps",
    "spam",
    "tasks",
    "text",
    "triggers",
    "versions",
    "watch",
    "writing",
)


def names(folder: Path, prefix: str = "") -> set[str]:
    return {p.stem.removeprefix(prefix) for p in folder.glob(f"{prefix}*.py")} - {"__init__"}


def test_every_view_has_its_tests() -> None:
    assert names(ROOT / "esimguide/views") == names(ROOT / "tests/views", "test_")


def test_every_admin_file_has_its_tests() -> None:
    assert names(ROOT / "esimguide/admin") == names(ROOT / "tests/admin", "test_")


def test_every_command_has_its_tests() -> None:
    commands = ROOT / "esimguide/management/commands"
    assert names(commands) == names(ROOT / "tests/management", "test_")


def test_every_pure_module_has_its_tests() -> None:
    assert names(ROOT / "tests", "test_") == set(PURE)
