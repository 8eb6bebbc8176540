"""admin/service.py."""

from django.test import Client

from esimguide.models import Service, State, Status
from tests.admin.form import errors, rows, said, send
from tests.factories import make_service

ROOT = "/admin/esimguide/service/"


def test_a_service_is_published_in_both_languages_only(editor: Client) -> None:
    service = make_service(status=Status.DRAFT, summary_zh_hans="")
    answer = send(editor, f"{ROOT}{service.pk}/change/", status=Status.PUBLISHED)
    assert errors(answer) == {"summary_zh_hans": [said("Fill in both languages.")]}
    assert Service.objects.get().status == Status.DRAFT


def test_codes_are_known_exactly_with_their_evidence(editor: Client) -> None:
    service = make_service()
    answer = send(editor, f"{ROOT}{service.pk}/change/", sms=Service.Sms.UNKNOWN)
    message = "Whether a text message is needed is not confirmed exactly when its state is."
    assert errors(answer) == {"": [said(message)]}
    both = {"sms": Service.Sms.UNKNOWN, "state": State.UNKNOWN}
    assert send(editor, f"{ROOT}{service.pk}/change/", **both).status_code == 302


def test_list_filters(editor: Client) -> None:
    make_service(name_zh_hant="甲", kind=Service.Kind.WALLET)
    make_service(name_zh_hant="乙", sms=Service.Sms.NO)
    assert [row[0] for row in rows(editor, f"{ROOT}?kind__exact=wallet")] == ["甲"]
    assert [row[0] for row in rows(editor, f"{ROOT}?sms__exact=no")] == ["乙"]
