"""views/health.py."""

import pytest
from django.conf import LazySettings
from django.test import Client

from esimguide.models import Status
from tests.factories import make_carrier

pytestmark = pytest.mark.sql


def test_healthz_asks_nothing_of_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_waits_for_published_content(client: Client) -> None:
    carrier = make_carrier(status=Status.DRAFT)
    before = client.get("/readyz")
    carrier.status = Status.PUBLISHED
    carrier.save()
    after = client.get("/readyz")
    assert (before.status_code, before.content) == (503, b"no content loaded\n")
    assert (after.status_code, after.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_robots_names_the_sitemap(client: Client, settings: LazySettings) -> None:
    settings.SITE_URL = "https://guide.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: https://guide.example/sitemap.xml",
    ]
