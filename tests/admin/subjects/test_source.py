"""admin/source.py."""

import pytest
from django.test import Client

from esimguide.models import Source
from tests.admin.form import errors, rows, send
from tests.factories import make_fact, make_source

ROOT = "/admin/esimguide/source/"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "abc",
        "javascript:alert(1)",
        "https://[",
        "https://a\x00b.hk",
        "https://a.hk/" + "x" * 500,
    ],
)
def test_an_odd_address_is_refused(editor: Client, url: str) -> None:
    source = make_source()
    answer = send(editor, f"{ROOT}{source.pk}/change/", url=url)
    assert list(errors(answer)) == ["url"]
    assert Source.objects.get().url == source.url


def test_an_address_stands_once(editor: Client) -> None:
    first, second = make_source(), make_source()
    answer = send(editor, f"{ROOT}{second.pk}/change/", url=first.url)
    assert list(errors(answer)) == ["url"]


def test_a_source_in_use_is_not_deleted(editor: Client) -> None:
    source = make_fact().source
    assert source is not None
    editor.post(f"{ROOT}{source.pk}/delete/", {"post": "yes"})
    assert Source.objects.get() == source


def test_list_filters(editor: Client) -> None:
    make_source(title_zh_hant="甲", kind=Source.Kind.PRESS)
    make_source(title_zh_hant="乙", language=Source.Language.JAPANESE)
    assert [row[0] for row in rows(editor, f"{ROOT}?kind__exact=press")] == ["甲"]
    assert [row[0] for row in rows(editor, f"{ROOT}?language__exact=ja")] == ["乙"]
