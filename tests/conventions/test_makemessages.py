"""No word of a template or module is missing from the catalogues."""

import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]


def ids(path: Path) -> set[str]:
    with path.open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


def test_makemessages_finds_nothing_new(tmp_path: Path) -> None:
    for folder in ("esimguide", "static", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "manage.py", tmp_path)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "zh_Hant", "--no-obsolete"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    catalogue = Path("esimguide/locale/zh_Hant/LC_MESSAGES/django.po")
    assert ids(tmp_path / catalogue) == ids(ROOT / catalogue)
