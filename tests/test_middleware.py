"""middleware.py: headers on every answer, and the limit on posts."""

import re

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import path

from esimguide.inline_assets import sources
from esimguide.middleware import client_address
from tests.factories import make_carrier, make_editor
from tests.html import soup, texts

pytestmark = pytest.mark.django_db
SCRIPT, STYLES = sources()
EXPECTED = {
    "Content-Security-Policy": f"default-src 'none'; script-src 'self' {SCRIPT};"
    f" style-src 'self' {' '.join(STYLES)}; img-src 'self' data:; connect-src 'self';"
    " form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def _broken(request: object) -> None:
    raise RuntimeError


class BrokenUrls:
    urlpatterns = (path("broken/", _broken),)


@pytest.fixture
def carrier() -> None:
    make_carrier(slug="cmhk")


@pytest.mark.usefixtures("carrier")
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/zh-hant/", 200),
        ("head", "/zh-hant/", 200),
        ("get", "/zh-hant/carriers/cmhk/", 200),
        ("get", "/healthz", 200),
        ("get", "/readyz", 200),
        ("get", "/sitemap.xml", 200),
        ("get", "/admin/login/", 200),
        ("get", "/static/img/icon.svg", 200),
        ("get", "/zh-hant", 301),
        ("get", "/", 302),
        ("get", "/admin/", 302),
        ("get", "/zh-hant/?q=%00", 400),
        ("post", "/admin/login/", 403),
        ("get", "/zh-hans/none/", 404),
        ("get", "/static/none.css", 404),
        ("put", "/zh-hant/", 405),
        ("trace", "/zh-hant/", 405),
        ("trace", "/admin/login/", 405),
        ("options", "/admin/login/", 405),
    ],
)
def test_every_answer_carries_the_safety_headers(
    settings: LazySettings, method: str, address: str, status: int
) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # nothing is collected in tests
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    response.close()
    headers = {name: response.headers.get(name) for name in EXPECTED}
    assert (response.status_code, headers) == (status, EXPECTED)
    assert "camera=()" in response["Permissions-Policy"]


def test_own_faults_carry_them_too_and_what_is_not_modified_leaves_them_as_they_are(
    client: Client, settings: LazySettings
) -> None:
    wrong_host = client.get("/zh-hant/", headers={"Host": "evil.example"})
    first = client.get("/zh-hant/")
    again = client.get("/zh-hant/", headers={"If-None-Match": first["ETag"]})
    settings.ROOT_URLCONF = BrokenUrls
    client.raise_request_exception = False
    broken = client.get("/broken/")
    assert [r.status_code for r in (again, broken, wrong_host)] == [304, 500, 400]
    assert EXPECTED.keys() & {*again.headers} == set()  # the browser keeps those of the page
    for response in (broken, wrong_host):
        assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


def test_only_an_error_carries_its_number(client: Client) -> None:
    page, error = client.get("/zh-hant/"), client.get("/zh-hant/none/")
    assert "X-Request-ID" not in page.headers
    assert re.fullmatch("[0-9a-f]{12}", error["X-Request-ID"])


@pytest.mark.parametrize("method", ["TRACE", "FOO", "PROPFIND"])
def test_methods_nothing_takes_are_refused(client: Client, method: str) -> None:
    addresses = ("/zh-hant/", "/healthz", "/admin/login/", "/sitemap.xml", "/robots.txt")
    answers = [client.generic(method, address).status_code for address in addresses]
    assert answers == [405] * 5


# ---- the limit on posts ------------------------------------------------------------------------


def sign_in(client: Client, name: str, address: str = "198.51.100.7") -> int:
    form = {"username": name, "password": "wrong wrong wrong"}
    return client.post("/admin/login/", form, REMOTE_ADDR=address).status_code


def test_sprayed_passwords_are_held_back_and_others_are_not(client: Client) -> None:
    tried = [sign_in(client, f"name{n}") for n in range(25)]
    assert tried == [200] * 20 + [429] * 5
    assert sign_in(client, "name", address="198.51.100.8") == 200


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh-hant", "短時間內提交次數太多"), ("zh-hans", "短时间内提交次数过多")],
)
def test_the_refusal_has_words_and_a_time_and_reading_goes_on(
    client: Client, language: str, title: str
) -> None:
    for n in range(20):
        sign_in(client, f"name{n}", address="127.0.0.1")
    refusal = client.post("/admin/login/", headers={"Accept-Language": language})
    assert (refusal.status_code, texts(soup(refusal), "h1")) == (429, [title])
    assert 0 < int(refusal["Retry-After"]) <= 600
    assert refusal["Cache-Control"] == "no-store"
    assert client.get("/zh-hant/").status_code == 200
    assert client.get("/admin/login/").status_code == 200


def test_editors_at_work_are_not_counted(client: Client) -> None:
    client.force_login(make_editor())
    answers = {client.post("/admin/i18n/setlang/", {"language": "zh-hans"}) for _ in range(40)}
    assert {answer.status_code for answer in answers} == {302}


def test_axes_sees_the_same_address(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    forwarded = {"X-Forwarded-For": "6.6.6.6, 203.0.113.5"}
    request = RequestFactory().get("/", headers=forwarded, REMOTE_ADDR="127.0.0.1")
    assert client_address(request) == "203.0.113.5"
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None


def test_refused_names_do_not_lock_an_editor_out_elsewhere(client: Client) -> None:
    User.objects.create_superuser("mei", password="correct horse battery")
    assert 429 in [sign_in(client, "mei") for _ in range(10)]
    form = {"username": "mei", "password": "correct horse battery"}
    elsewhere = client.post("/admin/login/", form, REMOTE_ADDR="198.51.100.8")
    assert elsewhere.status_code == 302
