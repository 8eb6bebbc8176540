"""views/service.py: getting in without the number."""

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import make_fact, make_service, make_unknown_fact, pair
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

pytestmark = pytest.mark.django_db
SERVICES = "/zh-hant/codes/"


def test_list_shows_what_a_service_needs(client: Client) -> None:
    make_service(slug="hang-seng", **pair("name", "恒生銀行", "恒生银行"), sms="partly")
    make_service(status=Status.DRAFT)
    page = soup(client.get("/zh-hans/codes/"))
    assert texts(page, ".service h3") == ["恒生银行 Hang Seng"]
    assert links(page, ".service h3 a") == ["/zh-hans/codes/hang-seng/"]
    assert "部分步骤要短信" in texts(page, ".service .tag")


def test_page_shows_its_facts(client: Client) -> None:
    service = make_service(slug="payme", **pair("name", "PayMe", "PayMe"), name_en="PayMe")
    make_fact(service=service)
    make_unknown_fact(service=service)
    make_fact(service=make_service())
    page = soup(client.get("/zh-hans/codes/payme/"))
    assert texts(page, "h1") == ["PayMe"]
    assert texts(page, "article .fact__label") == ["补办收费", "补办收费"]


@pytest.mark.parametrize(
    ("status", "code"), [(Status.PUBLISHED, 200), (Status.WITHDRAWN, 200), (Status.DRAFT, 404)]
)
def test_page_is_there_once_it_was_published(client: Client, status: str, code: int) -> None:
    make_service(slug="hsbc", status=status)
    assert client.get(f"{SERVICES}hsbc/").status_code == code


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("", 2),
        ("恒生", 1),
        ("汇丰", 1),
        ("hang", 1),
        ("%25", 0),
        ("x" * 20000, 0),
        ("%00", None),
        ("%E4%B8", 0),
    ],
)
def test_list_narrows_by_name_in_either_script(
    client: Client, typed: str, count: int | None
) -> None:
    make_service(**pair("name", "恒生銀行", "恒生银行"))
    make_service(**pair("name", "滙豐", "汇丰"), name_en="HSBC")
    response = client.get(f"{SERVICES}?q={typed}")
    if count is None or len(typed) > 2000:
        assert response.status_code == 400
    else:
        assert len(soup(response).select(".service")) == count


def test_fragment_is_a_piece_of_the_page(client: Client, htmx: Client) -> None:
    make_service()
    page = client.get(f"{SERVICES}?q=hang")
    fragment = htmx.get(f"{SERVICES}?q=hang", headers={"HX-Target": "services"})
    assert fragment.content.strip() in page.content
    assert fragment.content.strip().startswith(b'<section class="services" id="services"')


@pytest.mark.parametrize("path", ["", "hsbc/"])
def test_queries_do_not_grow(
    client: Client,
    path: str,
) -> None:
    service = make_service(slug="hsbc")

    def add() -> None:
        make_fact(service=service)
        make_service()

    assert_do_not_grow(add, lambda: client.get(f"{SERVICES}{path}"), most=4)
