"""models/carrier.py: how a channel is stored, reached and shown."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from esimguide.models import Channel
from tests.factories import make_channel, pair

pytestmark = pytest.mark.sql


@pytest.mark.parametrize(
    ("value", "href", "hant", "hans"),
    [
        ("29458888", "tel:+85229458888", "2945 8888", "+852 2945 8888"),
        ("12580", "tel:12580", "12580", "12580"),
        ("4001204000", "tel:4001204000", "400 120 4000", "400 120 4000"),
        ("+85212580", "tel:+85212580", "+852 12580", "+852 12580"),
        (
            "+8613068400177",
            "tel:+8613068400177",
            "+86 130 6840 0177",
            "+86 130 6840 0177",
        ),
        ("a@b.example", "mailto:a@b.example", "a@b.example", "a@b.example"),
        ("https://a.example/", "https://a.example/", "a.example", "a.example"),
        ("*#06#", "tel:*%2306%23", "*#06#", "*#06#"),
        ("", "", "", ""),
        ("2945 8888 / 2888 1010", "", "2945 8888 / 2888 1010", "2945 8888 / 2888 1010"),
    ],
)
def test_channel_value(value: str, href: str, hant: str, hans: str) -> None:
    channel = Channel(value=value)
    assert channel.href == href
    with override("zh-hant"):
        assert channel.display_value == hant
    with override("zh-hans"):
        assert channel.display_value == hans


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2880-2688", "28802688"),
        ("+852 2888 0008", "28880008"),
        ("（853）8891 1000", "+85388911000"),
        ("www.example.org", "https://www.example.org/"),
        ("abc", "abc"),
    ],
)
def test_a_value_is_stored_in_one_form_whichever_way_it_comes(typed: str, stored: str) -> None:
    saved = make_channel(value=typed)
    assert Channel.objects.get().value == stored
    assert saved.history.latest().value == stored
    Channel.objects.update(value="")
    Channel.objects.update(value=typed)
    assert Channel.objects.get(value=typed).value == stored
    saved.value = typed
    saved.clean_fields()
    assert saved.value == stored


KINDS = Channel.Kind


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (KINDS.HOTLINE, "abc"),
        (KINDS.HOTLINE, "2945888"),
        (KINDS.HOTLINE, "https://www.example.org/"),
        (KINDS.EMAIL, "https://www.example.org/"),
        (KINDS.WEBSITE, "29458888"),
        (KINDS.SHOP, "5樓"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_words(kind: str, value: str) -> None:
    for language in ("zh-hant", "zh-hans"):
        with override(language), pytest.raises(ValidationError) as refused:
            Channel(kind=kind, value=value, **pair("label", "熱線", "热线")).clean()
        (words,) = refused.value.message_dict["value"]
        assert not words.startswith("This is no")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (KINDS.HOTLINE, "2945 8888"),
        (KINDS.HOTLINE, "178 178"),
        (KINDS.WHATSAPP, "91382688"),
        (KINDS.WHATSAPP, "https://wa.me/85291382688"),
        (KINDS.EMAIL, "a@b.example"),
        (KINDS.WEBSITE, "www.example.org"),
        (KINDS.SHOP, ""),
    ],
)
def test_a_fitting_value_is_taken(kind: str, value: str) -> None:
    Channel(kind=kind, value=value, **pair("label", "熱線", "热线")).clean()
