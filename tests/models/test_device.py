"""models/device.py: finding a device by what readers type, and telling regions apart."""

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from esimguide.models import Device, Region, State, Status
from tests.factories import make_device, pair

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def found(typed: str) -> list[str]:
    return [d.slug for d in Device.objects.named(typed)]


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("", ["a-iphone", "b-galaxy", "c-redmi", "d-watch"]),
        ("iPhone 14 Pro Max", ["a-iphone"]),
        ("iphone14promax", ["a-iphone"]),
        ("苹果14", ["a-iphone"]),
        ("蘋果手機", ["a-iphone", "d-watch"]),
        ("apple", ["a-iphone", "d-watch"]),
        ("三星", ["b-galaxy"]),
        ("samsung s24", ["b-galaxy"]),
        ("galaxys24ultra", ["b-galaxy"]),
        ("sm-s928", ["b-galaxy"]),
        ("紅米", ["c-redmi"]),
        ("红米note", ["c-redmi"]),
        ("小米", ["c-redmi"]),
        ("内地", ["c-redmi"]),
        ("国行", ["c-redmi"]),
        ("手表", ["d-watch"]),
        ("華為", []),
        ("iphone 99", []),
        ("%", []),
        ("_", []),
        ("'", []),
    ],
)
def test_named_finds_what_readers_type(typed: str, slugs: list[str]) -> None:
    make_device(slug="a-iphone", **pair("name", "iPhone 14、14 Pro Max", "iPhone 14、14 Pro Max"))
    galaxy = pair("name", "Galaxy S24 Ultra", "Galaxy S24 Ultra")
    make_device(slug="b-galaxy", brand="samsung", model_number="SM-S928", **galaxy)
    redmi = pair("name", "紅米Note", "红米Note")
    make_device(slug="c-redmi", brand="xiaomi", region="mainland", **redmi)
    make_device(slug="d-watch", kind="watch", **pair("name", "Apple Watch", "Apple Watch"))
    assert found(typed) == slugs


def test_every_brand_is_found_by_its_own_label_in_both_languages() -> None:
    for brand in Device.Brand:
        make_device(slug=brand.value, brand=brand, **pair("name", "X", "X"))
    for language in ("zh-hant", "zh-hans"):
        with override(language):
            labels = [(brand.value, str(brand.label)) for brand in Device.Brand]
        assert [(value, found(label)) for value, label in labels] == [
            (value, [value]) for value, _ in labels
        ]


def test_sold_in_takes_what_holds_anywhere_and_leaves_the_rest_to_elsewhere() -> None:
    own = make_device()
    uk = make_device(region=Region.ELSEWHERE)
    only_uk = make_device(region=Region.ELSEWHERE, **pair("name", "S26", "S26"))
    anywhere = make_device(region=Region.ANY, **pair("name", "X", "X"))
    devices = Device.objects.all()
    assert list(devices.sold_in(Region.HONG_KONG)) == [own, anywhere]
    assert list(devices.only_elsewhere(Region.HONG_KONG)) == [only_uk]
    assert list(devices.sold_in(None)) == [own, uk, only_uk, anywhere]
    assert list(devices.only_elsewhere(None)) == []


def test_a_draft_does_not_hide_what_is_known_elsewhere() -> None:
    make_device(status=Status.DRAFT)
    uk = make_device(region=Region.ELSEWHERE)
    assert list(Device.objects.published().only_elsewhere(Region.HONG_KONG)) == [uk]


def test_same_model_leaves_out_itself_and_other_models() -> None:
    device, other = make_device(), make_device(region=Region.US)
    make_device(**pair("name", "iPhone 12", "iPhone 12"))
    assert list(Device.objects.same_model(device)) == [other]


def test_phones_are_no_watch_card_or_tablet() -> None:
    phone = make_device()
    for kind in ("watch", "card", "tablet"):
        make_device(kind=kind)
    assert list(Device.objects.phones()) == [phone]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"region": "mainland"}, True),
        ({"region": "mainland", "esim": "limited"}, False),
        ({"region": "mainland", "esim": "no"}, False),
        ({"region": "hong-kong"}, False),
    ],
)
def test_a_mainland_phone_may_refuse_hong_kong(fields: dict[str, str], *, expected: bool) -> None:
    assert make_device(**fields).may_refuse_hong_kong is expected


def test_where_is_the_market_or_the_region() -> None:
    with override("zh-hans"):
        assert make_device().where == "香港或澳门"
        assert make_device(**pair("market", "英國", "英国")).where == "英国"


@pytest.mark.parametrize(
    "fields",
    [
        {"esim": "unknown"},
        {"state": State.UNKNOWN},
        {"source": None},
        {"name_zh_hans": ""},
        {"market_zh_hant": "英國"},
        {"note_zh_hans": "看EID。"},
    ],
)
def test_database_refuses(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        make_device(**fields)
