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


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/zh-hant/first-ten-minutes/%E3%80%82", "/zh-hant/first-ten-minutes/"),
        ("/zh-hant/first-ten-minutes/%EF%BC%89", "/zh-hant/first-ten-minutes/"),
        ("/zh-hans/first-ten-minutes).", "/zh-hans/first-ten-minutes/"),
        ("/zh-hans/%E3%80%82", "/zh-hans/"),
        ("/zh-HK/", "/zh-hant/"),
        ("/zh-HK", "/zh-hant/"),
        ("/zh-CN/topics", "/zh-hans/topics/"),
        ("/zh-Hant/", "/zh-hant/"),
        ("/zh-Hans-CN/", "/zh-hans/"),
        ("/zh-hant/Topics/", "/zh-hant/topics/"),
        ("/zh-HK/search/?q=eSIM", "/zh-hant/search/?q=eSIM"),
        ("/10/", "/zh-hant/first-ten-minutes/"),
    ],
)
def test_an_address_altered_on_the_way_leads_to_the_page(
    client: Client, path: str, place: str
) -> None:
    response = client.get(path, headers={"Accept-Language": "zh-HK"})
    assert (response.status_code, response["Location"]) == (301, place)
    assert client.get(place).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/zh-hant/none/",
        "/zh-hant/none%E3%80%82",
        "/fr/",
        "/zh-hant/topics/none/",
        "/zh-hant/ask/None/",
    ],
)
def test_an_address_of_nothing_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
