"""http.py: cache headers, safety headers and the site's own address."""

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory

from esimguide.http import site_url

pytestmark = pytest.mark.django_db


def test_public_page_is_the_same_for_all_and_checked_again(client: Client) -> None:
    response = client.get("/zh-hant/")
    assert not response.cookies
    assert sorted(response["Cache-Control"].split(", ")) == [
        "max-age=0",
        "must-revalidate",
        "public",
    ]
    again = client.get("/zh-hant/", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_public_page_carries_the_safety_headers(client: Client) -> None:
    response = client.get("/zh-hant/")
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("setting", "expected"), [("", "http://testserver"), ("https://g.example", "https://g.example")]
)
def test_site_url(settings: LazySettings, setting: str, expected: str) -> None:
    settings.SITE_URL = setting
    assert site_url(RequestFactory().get("/")) == expected
