"""management/commands/copy_from.py: the move from SQLite, on the kind of database of the tests."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bench.faults.guide import filled, manage
from tests.databases import fresh, seen
from tests.factories import make_carrier

pytestmark = pytest.mark.sql

URL = os.environ.get("DATABASE_URL", "")
EDIT = """
from django.contrib.auth.models import Group, Permission, User
from esimguide.models import Fact
user = User.objects.create_superuser("mei", password="correct horse battery")
user.user_permissions.set(Permission.objects.filter(codename="change_fact"))
fact = Fact.objects.first()
fact.label_zh_hant = "編輯改過"
fact.save()
"""


@pytest.mark.django_db(transaction=True)
def test_counts_pages_editors_and_versions_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "guide.sqlite3"
    shutil.copyfile(filled(), file)
    manage("shell", "--command", EDIT, DATABASE_URL=f"sqlite:///{file}")
    before = seen(f"sqlite:///{file}")
    with fresh(tmp_path, URL) as address:
        # The tables of the guide alone are no whole release.
        manage("migrate", "esimguide", "--verbosity=0", DATABASE_URL=address)
        with pytest.raises(RuntimeError, match="different releases"):
            manage("copy_from", str(file), DATABASE_URL=address)
        manage("migrate", "--verbosity=0", DATABASE_URL=address)
        manage("copy_from", str(file), DATABASE_URL=address)
        counts, pages = seen(address)
        assert counts == before[0]
        assert {path for path, page in pages.items() if page != before[1][path]} == set()
        # New records take new keys.
        manage("shell", "--command", EDIT.replace("mei", "kai"), DATABASE_URL=address)
        with pytest.raises(RuntimeError, match="holds content already"):
            manage("copy_from", str(file), DATABASE_URL=address)


@pytest.mark.django_db
def test_refuses_what_is_no_guide(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("nonsense")
    with pytest.raises(CommandError, match="neither a SQLite file"):
        call_command("copy_from", tmp_path / "x")


@pytest.fixture(scope="module")
def file() -> Path:
    """Make it before the test's transaction begins, which PostgreSQL would end meanwhile."""
    return filled()


@pytest.mark.django_db
def test_refuses_a_database_that_holds_content(file: Path) -> None:
    make_carrier()
    with pytest.raises(CommandError, match="holds content already"):
        call_command("copy_from", file)
