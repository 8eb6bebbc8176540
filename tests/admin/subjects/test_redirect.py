"""redirect.py: old addresses."""

from django.test import Client

from tests.admin.form import rows
from tests.factories import make_redirect


def test_old_addresses_are_listed(editor: Client) -> None:
    make_redirect(old="topics/a/", new="topics/b/")
    assert rows(editor, "/admin/esimguide/redirect/") == [["topics/a/", "topics/b/"]]
