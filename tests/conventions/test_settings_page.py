"""docs/settings.md: its table names what is read from the environment, and nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_table_names_every_setting() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    code = "".join(
        (ROOT / "esimguide" / name).read_text("utf-8") for name in ("environment.py", "settings.py")
    )
    read = re.findall(r'\b(?:text|listed|flag|number)\(\s*"([A-Z_]+)"', code)
    listed = re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted(set(read))
