"""device_advice.py: what the answer page says about a phone, for every case."""

import pytest

from esimguide.guide.device_advice import device_advice
from esimguide.models import Device, Place, Region

EVERYWHERE = (None, *Place)
NOT_MAINLAND = tuple(place for place in EVERYWHERE if place != Place.MAINLAND)
SOLD_ELSEWHERE = tuple(region for region in Region if region != Region.MAINLAND)


@pytest.mark.parametrize(
    ("esim", "regions", "places", "expected"),
    [
        ("no", Region, EVERYWHERE, "no-esim"),
        ("unknown", Region, EVERYWHERE, "unconfirmed"),
        ("only", Region, EVERYWHERE, "esim-only"),
        ("yes", SOLD_ELSEWHERE, EVERYWHERE, "has-esim"),
        ("yes", [Region.MAINLAND], EVERYWHERE, "may-refuse-hong-kong"),
        ("limited", SOLD_ELSEWHERE, EVERYWHERE, "limited"),
        ("limited", [Region.MAINLAND], NOT_MAINLAND, "limited"),
        ("limited", [Region.MAINLAND], [Place.MAINLAND], "limited-in-mainland"),
    ],
)
def test_device_advice(
    esim: str, regions: list[Region], places: list[Place | None], expected: str
) -> None:
    found = {
        device_advice(Device(esim=esim, region=region), place)
        for region in regions
        for place in places
    }
    assert found == {expected}
