"""What every test shares: Django's settings for speed, and an htmx-speaking client."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def _plain_settings(settings: LazySettings) -> None:
    """Use unhashed static names (nothing is collected in tests) and a quick password hasher."""
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _plain_language(settings: LazySettings) -> None:
    """Begin in the site's language, whatever the test before asked for."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def htmx() -> Client:
    """Return a client that asks like htmx; name the target per request: ``HTTP_HX_TARGET=…``."""
    return Client(headers={"HX-Request": "true"})
