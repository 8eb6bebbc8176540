"""admin/publish.py: what may come before readers, and where a page stood."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client

from esimguide.models import Redirect, Status
from tests.admin.form import errors, send
from tests.factories import (
    make_carrier,
    make_device,
    make_procedure,
    make_question,
    make_service,
    make_situation,
    make_step,
    make_topic,
)


def test_a_wrong_sign_blocks_publishing_only(editor: Client) -> None:
    topic = make_topic(status=Status.DRAFT)
    address = f"/admin/esimguide/topic/{topic.pk}/change/"
    assert send(editor, address, title_zh_hant="甲,乙").status_code == 302
    assert list(errors(send(editor, address, status=Status.PUBLISHED))) == ["title_zh_hant"]


def test_a_changed_slug_redirects_for_good_with_all_below_it(editor: Client) -> None:
    carrier = make_carrier(slug="old")
    procedure = make_procedure(carrier=carrier, slug="replace", situations=[make_situation()])
    make_step(procedure=procedure)
    send(editor, f"/admin/esimguide/carrier/{carrier.pk}/change/", slug="new")
    for path in ("", "replace/", "replace/checklist/"):
        answer = editor.get(f"/zh-hans/carriers/old/{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"/zh-hans/carriers/new/{path}")
    send(editor, f"/admin/esimguide/carrier/{carrier.pk}/change/", slug="newer")
    assert sorted(Redirect.objects.values_list("old", "new")) == [
        ("carriers/new/", "carriers/newer/"),
        ("carriers/old/", "carriers/newer/"),
    ]
    assert editor.get("/zh-hant/carriers/none/").status_code == 404


def test_a_withdrawn_page_keeps_its_address_with_a_notice(client: Client, db: None) -> None:
    make_topic(slug="esim", status=Status.WITHDRAWN)
    answer = client.get("/zh-hant/topics/esim/")
    assert answer.status_code == 200
    assert b'<meta name="robots" content="noindex">' in answer.content
    assert b"status-notice" in answer.content
    assert b"/topics/esim/" not in client.get("/zh-hant/topics/").content


@pytest.mark.parametrize(
    ("make", "kind", "path"),
    [
        (make_carrier, "carrier", "carriers"),
        (make_device, "device", "devices"),
        (make_service, "service", "codes"),
        (make_topic, "topic", "topics"),
    ],
)
def test_every_kind_of_page_is_found_under_its_old_address(
    editor: Client, make: Callable[..., Model], kind: str, path: str
) -> None:
    record = make(slug="old")
    sent = send(editor, f"/admin/esimguide/{kind}/{record.pk}/change/", slug="new")
    assert sent.status_code == 302
    answer = editor.get(f"/zh-hans/{path}/old/")
    assert (answer.status_code, answer["Location"]) == (301, f"/zh-hans/{path}/new/")


def test_what_stands_on_another_page_leaves_no_old_address(editor: Client) -> None:
    question = make_question()
    sent = send(editor, f"/admin/esimguide/question/{question.pk}/change/", slug="new")
    assert (sent.status_code, Redirect.objects.count()) == (302, 0)
