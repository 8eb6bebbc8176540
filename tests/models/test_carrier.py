"""models/carrier.py: how a channel is reached and shown."""

import pytest
from django.utils.translation import override

from esimguide.models import Channel

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
        ("", "", "", ""),
    ],
)
def test_channel_value(value: str, href: str, hant: str, hans: str) -> None:
    channel = Channel(value=value)
    assert channel.href == href
    with override("zh-hant"):
        assert channel.display_value == hant
    with override("zh-hans"):
        assert channel.display_value == hans
