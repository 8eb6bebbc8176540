"""The container image: it carries what the guide needs to start, and nothing that is secret."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = [
    line
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
KEPT = [rule.removeprefix("!/") for rule in RULES if rule.startswith("!")]
CONTAINERFILE = (ROOT / "docs/deploy/Containerfile").read_text("utf-8")


def test_the_rules_begin_by_leaving_everything_out() -> None:
    assert RULES[0] == "*"
    assert [
        name for name in KEPT if not re.fullmatch(r"\.?[a-z][a-z.-]*", name, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize("name", [".env", ".git", ".tools", ".venv", "esimguide.env", "var"])
def test_what_is_secret_or_of_this_machine_stays_outside(name: str) -> None:
    assert name not in KEPT


def test_nothing_is_deleted_in_a_later_layer() -> None:
    # It would still be in the layer before.
    assert re.findall(r"\brm\b", CONTAINERFILE) == []


def test_what_goes_in_is_enough_to_start(tmp_path: Path) -> None:
    """Check gunicorn's configuration and the whole application on the image's files alone."""
    for name in KEPT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "var").mkdir()
    key = "only for tests, and long enough to be taken"
    environment = {"PATH": f"{tmp_path}/.venv/bin:/usr/bin:/bin", "SECRET_KEY": key}
    for line in ("manage.py collectstatic --no-input --verbosity 0", "-m gunicorn --check-config"):
        command = ["python", *line.split()]
        ended = subprocess.run(  # noqa: S603 (our own files)
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert (line, ended.returncode, ended.stderr) == (line, 0, "")
