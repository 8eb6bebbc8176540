"""admin/coverage.py."""

from django.contrib.auth.models import User
from django.test import Client

from tests.admin.form import enter
from tests.factories import make_carrier, make_fact, make_procedure, make_situation
from tests.html import links, soup, texts
from tests.queries import assert_do_not_grow

COVERAGE = "/admin/coverage/"


def test_shows_every_carrier_by_situation_and_place(editor: Client) -> None:
    carrier, lost = make_carrier(), make_situation()
    make_procedure(carrier=carrier, situations=[lost])
    make_fact(carrier=carrier)
    page = soup(editor.get(COVERAGE))
    words = ["官方", "未確認", "未確認", "未確認"]
    assert texts(page, ".coverage__table td") == words
    assert texts(page, ".coverage__facts .coverage__cell--official") == ["收費 官方"]
    assert len(page.select(".coverage__facts li")) == 12
    assert f"/admin/esimguide/carrier/{carrier.pk}/change/" in links(page, ".coverage h2 a")


def test_every_link_of_the_page_opens(editor: Client) -> None:
    make_carrier()
    page = soup(editor.get(COVERAGE))
    assert {editor.get(link).status_code for link in links(page, ".coverage a")} == {200}


def test_the_index_leads_there(editor: Client) -> None:
    assert COVERAGE in links(soup(editor.get("/admin/")))


def test_it_is_for_editors_who_may_see_carriers(client: Client, db: None) -> None:
    assert client.get(COVERAGE).status_code == 302
    enter(client, User.objects.create_user("guest", is_staff=True))
    assert client.get(COVERAGE).status_code == 403


def test_queries_do_not_grow(editor: Client) -> None:
    def add() -> None:
        make_fact(carrier=make_carrier())

    assert_do_not_grow(add, lambda: editor.get(COVERAGE), most=7)
