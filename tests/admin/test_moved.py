"""admin/moved.py: old addresses."""

from django.test import Client

from tests.admin.form import rows
from tests.factories import make_moved


def test_old_addresses_are_listed(editor: Client) -> None:
    make_moved(old="topics/a/", new="topics/b/")
    assert rows(editor, "/admin/esimguide/moved/") == [["topics/a/", "topics/b/"]]
