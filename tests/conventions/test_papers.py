"""The papers: every file and command that they lead to exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
)
NAMES = [str(paper.relative_to(ROOT)) for paper in PAPERS]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file(name: str) -> None:
    paper = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", paper.read_text("utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_exists(name: str) -> None:
    commands = set(re.findall(r"\bbin/([a-z-]+)", (ROOT / name).read_text("utf-8")))
    assert [command for command in commands if not (ROOT / "bin" / command).is_file()] == []


def test_every_decision_is_in_the_index_and_whole() -> None:
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text("utf-8")
    for page in sorted(folder.glob("[0-9]*.md")):
        text = page.read_text("utf-8")
        title, date = re.match(r"# \d{3} (.+)\n\nDate: (\d{4}-\d\d-\d\d)\n", text).groups()
        assert f"| {page.name[:3]} | [{title}]({page.name}) | {date} |" in index
        chapters = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert chapters == ["Context", "Options", "Choice", "What it costs"]
