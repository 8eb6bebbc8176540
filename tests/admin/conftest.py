"""What the editors' tests share: somebody who is signed in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.form import enter
from tests.factories import make_editor


@pytest.fixture
def user(db: None) -> User:
    return make_editor(username="mei")


@pytest.fixture
def editor(client: Client, user: User) -> Client:
    """Return a client in which an editor with all rights is signed in."""
    return enter(client, user)
