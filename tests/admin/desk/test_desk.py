"""admin/desk/desk.py: the desk's pages."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from esimguide.admin.desk.work_lists import WORK_LISTS
from esimguide.models import LinkCheck, Status
from tests.admin.form import enter, said
from tests.factories import (
    make_carrier,
    make_channel,
    make_device,
    make_misconception,
    make_procedure,
    make_service,
    make_source,
    make_topic,
    make_unknown_fact,
)
from tests.html import soup, texts


def test_the_desk_shows_every_list_with_its_length(editor: Client) -> None:
    make_unknown_fact()
    page = soup(editor.get("/admin/"))
    titles = [
        f"{said(str(s.title))} {n}" for s, n in zip(WORK_LISTS, (0, 0, 0, 1, 0, 0, 0), strict=True)
    ]
    assert texts(page, ".desk h2") == [*titles]


def test_a_list_leaves_as_a_table_in_which_no_cell_is_a_formula(editor: Client) -> None:
    topic = make_topic(status=Status.REVIEW, title_zh_hant='=HYPERLINK("x")')
    answer = editor.get("/admin/desk/review.csv?kind=topic")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    header, line = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert len(header) == 5
    address = f"http://testserver/admin/esimguide/topic/{topic.pk}/change/"
    why = said("waits for a review")
    assert line == [said("topic"), '\'=HYPERLINK("x")', why, "", address]
    assert len(editor.get("/admin/desk/review.csv?kind=fact").content.splitlines()) == 1


@pytest.mark.parametrize("address", ["/admin/desk/odd/", "/admin/desk/odd.csv"])
def test_an_unknown_list_is_not_found(editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_one_sees_the_lines_of_what_one_may_see(client: Client, db: None) -> None:
    make_topic(status=Status.REVIEW, title_zh_hant="題")
    make_service(status=Status.REVIEW)
    user = User.objects.create_user("half", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_topic"))
    assert texts(soup(enter(client, user).get("/admin/desk/review/")), "tbody th a") == ["題"]


def test_queries_of_the_desk_do_not_grow(editor: Client) -> None:
    def grow() -> None:
        today = timezone.localdate()
        source = make_source()
        LinkCheck.objects.create(url=source.url, outcome="gone", tried_at=timezone.now())
        make_unknown_fact(procedure=make_procedure(carrier=make_carrier(), check_again_on=today))
        make_channel(check_again_on=today)
        for make in (make_service, make_misconception, make_device):
            make(check_again_on=today, status=Status.REVIEW)

    grow()
    editor.get("/admin/")
    with CaptureQueriesContext(connection) as one:
        editor.get("/admin/")
    grow()
    grow()
    with CaptureQueriesContext(connection) as three:
        editor.get("/admin/")
    assert len(one) == len(three)
