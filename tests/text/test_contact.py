"""contact.py: numbers and addresses as people type them: read rightly, or not at all."""

import re
from urllib.parse import unquote

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from esimguide.text.contact import ContactKind, read_contact, read_number


@pytest.mark.parametrize(
    ("typed", "value", "href"),
    [
        # Hong Kong
        ("2880-2688", "28802688", "tel:+85228802688"),
        ("3162 3333", "31623333", "tel:+85231623333"),
        ("+852 2888 0008", "28880008", "tel:+85228880008"),
        ("85228880008", "28880008", "tel:+85228880008"),
        ("(852) 2888-0008", "28880008", "tel:+85228880008"),
        ("00852 2888 0008", "28880008", "tel:+85228880008"),
        ("２８８０　２６８８", "28802688", "tel:+85228802688"),
        ("＋８５２－２８８０－２６８８", "28802688", "tel:+85228802688"),
        ("2880\u20112688", "28802688", "tel:+85228802688"),
        ("電話：2880.2688", "28802688", "tel:+85228802688"),
        ("Tel. 2880 2688", "28802688", "tel:+85228802688"),
        ("tel:+85228802688", "28802688", "tel:+85228802688"),
        ("800 900 123", "800900123", "tel:+852800900123"),
        ("+852 12580", "+85212580", "tel:+85212580"),
        ("+852 1833 123", "+8521833123", "tel:+8521833123"),
        # a range that the library does not know yet
        ("+852 2026 0105", "+85220260105", "tel:+85220260105"),
        # the mainland
        ("400-120-4000", "4001204000", "tel:4001204000"),
        ("+86 400 120 4000", "+864001204000", "tel:+864001204000"),
        ("130 6840 0177", "+8613068400177", "tel:+8613068400177"),
        ("8613068400177", "+8613068400177", "tel:+8613068400177"),
        ("001 86 130 6840 0177", "+8613068400177", "tel:+8613068400177"),
        ("0755-2345 6789", "+8675523456789", "tel:+8675523456789"),
        ("+86 95588", "+8695588", "tel:+8695588"),
        # Macau and abroad
        ("+853 8891 1000", "+85388911000", "tel:+85388911000"),
        ("（853）8891 1000", "+85388911000", "tel:+85388911000"),
        ("853-8891 1000", "+85388911000", "tel:+85388911000"),
        ("+853 1000", "+8531000", "tel:+8531000"),
        ("+44 (0)20 7946 0958", "+442079460958", "tel:+442079460958"),
        ("+1 (212) 555-1234", "+12125551234", "tel:+12125551234"),
    ],
)
def test_a_telephone_number_is_read(typed: str, value: str, href: str) -> None:
    found = read_contact(typed)
    assert found is not None
    assert (found.kind, found.value, found.href) == (ContactKind.PHONE, value, href)


@pytest.mark.parametrize(
    ("typed", "value", "href"),
    [
        ("*#06#", "*#06#", "tel:*%2306%23"),  # a plain # would begin the address's fragment
        ("＊１０９＊１＃", "*109*1#", "tel:*109*1%23"),
        ("178 178", "178178", "tel:178178"),
        ("12580", "12580", "tel:12580"),
        ("10086", "10086", "tel:10086"),
        ("95588", "95588", "tel:95588"),
        ("999", "999", "tel:999"),
    ],
)
def test_a_code_to_dial_is_read(typed: str, value: str, href: str) -> None:
    found = read_contact(typed)
    assert found is not None
    assert (found.kind, found.value, found.href) == (ContactKind.CODE, value, href)


@pytest.mark.parametrize(
    ("typed", "kind", "href"),
    [
        ("www.example.org", ContactKind.WEB, "https://www.example.org/"),
        ("Example.org/A?b=c", ContactKind.WEB, "https://example.org/A?b=c"),
        ("HTTPS://WWW.Example.org", ContactKind.WEB, "https://www.example.org"),
        ("http://example.org/a", ContactKind.WEB, "http://example.org/a"),
        ("https：／／www.example.org", ContactKind.WEB, "https://www.example.org"),
        ("https://www.example.org/a。", ContactKind.WEB, "https://www.example.org/a"),
        ("A.b+c@Example.ORG", ContactKind.MAIL, "mailto:A.b+c@example.org"),
        ("mailto:a@example.org", ContactKind.MAIL, "mailto:a@example.org"),
        ("ａ＠example.org", ContactKind.MAIL, "mailto:a@example.org"),
        ("a?cc=b@example.org", ContactKind.MAIL, "mailto:a%3Fcc%3Db@example.org"),
    ],
)
def test_an_address_is_read(typed: str, kind: ContactKind, href: str) -> None:
    found = read_contact(typed)
    assert found is not None
    assert (found.kind, found.href) == (kind, href)
    assert read_contact(found.value) == found


@pytest.mark.parametrize(
    "typed",
    [
        *("", "abc", "+", "*", "##", "2.5.1", "2026-11-23"),
        "2945888",  # a digit is missing
        "294588881",
        "2945888812",
        "12345678",
        "88911000",  # Macau's, without its code
        "2945 8888 / 2888 1010",
        "2945 8888 ext. 3",
        "2945 8888（24小時）",
        "+853 1234 5678",
        "+86 1306840017",
        "00 1 212 555 1234 5",
        "javascript:alert(1)",
        "ftp://example.org/",
        "//www.example.org/a",
        "https://localhost/",
        "https://carrier.example@other.example/",
        "https://example.org/a b",
        "https://example.org\\@other.example/",
        "a@b",
        "a b@example.org",
    ],
)
def test_what_is_no_contact_is_not_guessed(typed: str) -> None:
    assert read_contact(typed) is None


@pytest.mark.parametrize(
    ("typed", "hant", "hans"),
    [
        ("29458888", "2945 8888", "+852 2945 8888"),
        ("800900123", "800 900 123", "+852 800 900 123"),
        ("4001204000", "400 120 4000", "400 120 4000"),
        ("13068400177", "+86 130 6840 0177", "+86 130 6840 0177"),
        ("+85388911000", "+853 8891 1000", "+853 8891 1000"),
        ("+8521833123", "+852 1833 123", "+852 1833 123"),
        ("178 178", "178178", "178178"),
        ("https://a.example/", "a.example", "a.example"),
    ],
)
def test_each_side_sees_what_it_dials(typed: str, hant: str, hans: str) -> None:
    found = read_contact(typed)
    assert found is not None
    assert (found.shown_in(TRADITIONAL), found.shown_in(SIMPLIFIED)) == (hant, hans)


# ---- whatever the digits are -------------------------------------------------------------------

SEPARATORS = st.sampled_from(["", " ", "-", "\u2011", "－", "　", ".", " - "])
# What may be typed before the number, and stands for the country code.
PREFIXES = {
    "HK": ["", "+852", "852", "(852)", "（+852）", "00852"],
    "CN": ["+86", "86", "(86)", "0086"],
    "MO": ["+853", "853", "（853）", "00853"],
    "GB": ["+44", "0044"],
}


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, str]:
    """Return the digits of a number with its country code, and one way to type it."""
    region = draw(st.sampled_from(list(PREFIXES)))
    shape = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    tail = draw(st.text("0123456789", min_size=6, max_size=6))
    national = str(shape.national_number)[:-6] + tail
    typed = draw(st.sampled_from(PREFIXES[region])) + draw(SEPARATORS)
    typed += "".join(digit + draw(SEPARATORS) for digit in national)
    return f"+{shape.country_code}{national}", typed


@given(spelled())
def test_a_number_is_dialled_however_it_is_spelled(number: tuple[str, str]) -> None:
    dialled, typed = number
    is_real = phonenumbers.is_valid_number(phonenumbers.parse(dialled))
    found = read_number(typed)
    assert found is None or found.href == f"tel:{dialled}"
    assert found is not None or not is_real


@given(st.text("0123456789+*# -().（）－", min_size=1, max_size=24))
@example("0044 020 7946 0958")
@example("00185212345678")
def test_what_is_stored_is_dialled_as_typed(typed: str) -> None:
    found = read_number(typed)
    if found is None:
        return
    dialled = unquote(found.href).removeprefix("tel:").removeprefix("+")
    signs = re.sub(r"[^\d*#]", "", typed)
    # The last eight at least are the same: only a country code, 00 or a trunk 0 may differ.
    assert dialled[-8:] == signs[-8:]
    assert abs(len(dialled) - len(signs)) <= 3
    assert read_number(found.value) == found
