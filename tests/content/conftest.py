"""The shipped content, there for one module whose tests only read."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests import template


@pytest.fixture(scope="module")
def shipped(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give one module the shipped content, and take it away again."""
    if connection.vendor == "sqlite":
        file = request.getfixturevalue("content_file")
        with django_db_blocker.unblock(), template.filled(file):
            yield
        return
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)
        yield
        call_command("flush", verbosity=0, interactive=False)
