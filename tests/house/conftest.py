"""The shipped content, loaded once a module for tests that only read."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the shipped content for one module, and take it away again."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)
        yield
        call_command("flush", verbosity=0, interactive=False)
