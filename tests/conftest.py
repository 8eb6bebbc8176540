"""What every test shares: a migrated database, Django's settings for speed, an htmx client."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests import template

LONG = {"browser", "drills", "site"}  # folders of tests that take a minute each


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, so that two workers end at about the same time."""
    items.sort(key=lambda item: LONG.isdisjoint(item.path.parts))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Lay the migrated database of an earlier run where Django makes its own, if it still fits."""
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = template.NAME
            # It lives in memory for as long as one connection is open.
            stack.enter_context(closing(sqlite3.connect(template.NAME, uri=True)))
            if template.path().exists():
                stack.enter_context(template.opened(template.path()))
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep the migrated database for the next run."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and not template.path().exists():
            template.keep(connection.connection, template.path())


@pytest.fixture(scope="session")
def no_static_files() -> Iterator[str]:
    """Return an empty folder: WhiteNoise reads all of STATIC_ROOT for every client."""
    with tempfile.TemporaryDirectory() as folder:
        yield folder


@pytest.fixture(autouse=True)
def _plain_settings(settings: LazySettings, no_static_files: str) -> None:
    """Use unhashed static names (nothing is collected in tests) and a quick password hasher."""
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = no_static_files
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _plain_language(settings: LazySettings) -> None:
    """Begin in the site's language, whatever the test before asked for."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def htmx() -> Client:
    """Return a client that asks like htmx; name the target per request: ``HTTP_HX_TARGET=…``."""
    return Client(headers={"HX-Request": "true"})


@pytest.fixture(scope="session")
def content_file(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return a SQLite file with the shipped content, loaded once a session."""
    file = tmp_path_factory.mktemp("content") / "content.sqlite3"
    with django_db_blocker.unblock():
        template.load_content(file)
    return file


@pytest.fixture(scope="module")
def shipped(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give one module, whose tests only read, the shipped content; take it away again."""
    if connection.vendor == "sqlite":
        file = request.getfixturevalue("content_file")
        with django_db_blocker.unblock(), template.filled(file):
            yield
        return
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)
        yield
        call_command("flush", verbosity=0, interactive=False)
