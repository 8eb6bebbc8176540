"""views/error.py and the error templates: a refusal in the reader's own words."""

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from tests.factories import make_carrier
from tests.html import soup, texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "language", "title"),
    [
        ("/zh-hant/none/", "zh-Hant-HK", "找不到這個網頁"),
        ("/zh-hans/none/", "zh-Hans-CN", "找不到该页面"),
        ("/zh-hans/carriers/none/", "zh-Hans-CN", "找不到该页面"),
        ("/fr/", "zh-Hant-HK", "找不到這個網頁"),
        ("/zh-hant/topics/" + "x" * 3000 + "/", "zh-Hant-HK", "找不到這個網頁"),
    ],
)
def test_not_found(client: Client, address: str, language: str, title: str) -> None:
    response = client.get(address)
    page = soup(response)
    assert response.status_code == 404
    assert (page.html["lang"], texts(page, "h1")) == (language, [title])


@pytest.mark.parametrize(
    ("query", "title"), [("q=" + "x" * 4000, "網址有誤"), ("q=%00", "網址有誤")]
)
def test_odd_query_is_refused_with_words(client: Client, query: str, title: str) -> None:
    response = client.get(f"/zh-hant/?{query}")
    assert (response.status_code, texts(soup(response), "h1")) == (400, [title])


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_other_methods_are_refused_with_words(method: str) -> None:
    make_carrier(slug="cmhk")
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)("/zh-hans/carriers/cmhk/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert texts(soup(response), "h1") == ["这一页只供阅读"]


def test_form_without_its_token_is_refused_with_words() -> None:
    response = Client(enforce_csrf_checks=True).post(
        "/admin/i18n/setlang/", {"language": "zh-hans"}
    )
    assert (response.status_code, texts(soup(response), "h1")) == (403, ["表格已過時"])


def _broken(request: object) -> None:
    raise RuntimeError


def _away(request: object) -> None:
    message = "disk full"
    raise OperationalError(message)


class BrokenUrls:
    urlpatterns = (path("broken/", _broken), path("away/", _away))
    handler500 = "esimguide.views.error.server_error"


def test_own_fault_is_said_without_the_database(client: Client, settings: LazySettings) -> None:
    settings.ROOT_URLCONF = BrokenUrls
    client.raise_request_exception = False
    response = client.get("/broken/", headers={"Accept-Language": "zh-CN"})
    page = soup(response)
    assert response.status_code == 500
    assert (page.html["lang"], texts(page, "h1")) == ("zh-Hans-CN", ["这里出了问题"])


@pytest.mark.parametrize(
    ("address", "status", "titles"),
    [
        ("/broken/", 500, {"zh-HK": "這裏出了問題", "zh-CN": "这里出了问题"}),
        ("/away/", 503, {"zh-HK": "暫時不能儲存或查詢", "zh-CN": "暂时无法保存或查询"}),
    ],
)
def test_a_fault_has_a_number_and_words_and_needs_nothing(
    client: Client, settings: LazySettings, address: str, status: int, titles: dict[str, str]
) -> None:
    settings.ROOT_URLCONF = BrokenUrls
    client.raise_request_exception = False
    for language, title in titles.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, headers={"Accept-Language": language})
        page = soup(response)
        assert (response.status_code, texts(page, "h1")) == (status, [title])
        assert response["X-Request-ID"] in page.text
        assert len(response.content) < 5000
        assert page.select("link[href], script, img") == []
        assert len(queries) == 0
    assert ("Retry-After" in response.headers) == (status == 503)
