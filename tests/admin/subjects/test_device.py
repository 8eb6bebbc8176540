"""admin/device.py."""

from django.test import Client

from esimguide.models import Device, State, Status
from tests.admin.form import errors, rows, said, send
from tests.factories import make_device, make_unknown_device, pair

ROOT = "/admin/esimguide/device/"


def test_a_device_is_published_in_both_languages_only(editor: Client) -> None:
    device = make_device(status=Status.DRAFT, name_zh_hans="", market_zh_hant="英國")
    answer = send(editor, f"{ROOT}{device.pk}/change/", status=Status.PUBLISHED)
    both = [said("Fill in both languages.")]
    assert errors(answer) == {"market_zh_hans": both, "name_zh_hans": both}
    assert Device.objects.get().status == Status.DRAFT


def test_esim_is_known_exactly_with_its_evidence(editor: Client) -> None:
    device = make_device()
    answer = send(editor, f"{ROOT}{device.pk}/change/", esim=Device.Esim.UNKNOWN)
    message = "Whether it has eSIM is not confirmed exactly when its state is."
    assert errors(answer) == {"": [said(message)]}
    both = {"esim": Device.Esim.UNKNOWN, "state": State.UNKNOWN}
    assert send(editor, f"{ROOT}{device.pk}/change/", **both).status_code == 302


def test_list_filters_and_searches(editor: Client) -> None:
    make_device(**pair("name", "甲", "甲"), brand="sony", model_number="XQ-FS54")
    make_unknown_device(**pair("name", "乙", "乙"), region="us")
    addresses = ("brand__exact=sony", "region__exact=us", "esim__exact=unknown", "q=XQ-FS54")
    found = [[row[0] for row in rows(editor, f"{ROOT}?{query}")] for query in addresses]
    assert found == [["甲"], ["乙"], ["乙"], ["甲"]]
