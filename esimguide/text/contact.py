"""Pure: a telephone number, a code to dial, a web or a mail address, however somebody typed it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from urllib.parse import quote, urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from esimguide.i18n import SIMPLIFIED

HONG_KONG = 852


class ContactKind(Enum):
    """What a contact is."""

    PHONE = "phone"
    CODE = "code"  # a short number or USSD code, which works inside its own network or place only
    WEB = "web"
    MAIL = "mail"


@dataclass(frozen=True)
class Contact:
    """One contact: ``value`` is stored, and read again as the same; ``href`` reaches it.

    ``shown`` is what readers see; ``shown_abroad``, where there is one, what mainland readers see.
    """

    kind: ContactKind
    value: str
    href: str
    shown: str
    shown_abroad: str = ""

    @property
    def is_dialled(self) -> bool:
        return self.kind in {ContactKind.PHONE, ContactKind.CODE}

    def shown_in(self, language: str) -> str:
        """Return the contact as the readers of ``language`` need it."""
        return self.shown_abroad if self.shown_abroad and language == SIMPLIFIED else self.shown


@lru_cache(maxsize=2048)
def read_contact(typed: str) -> Contact | None:
    """Return what ``typed`` is, or None when it is no contact."""
    text = typed.strip()
    return read_number(text) or _read_mail(text) or _read_web(text)


# ---- numbers -----------------------------------------------------------------------------------

_LABEL = re.compile(r"^(?:tel|phone|電話|电话|熱線|热线)[.: ]*", re.IGNORECASE)
# Spaces, all kinds of hyphens and dashes, brackets and dots: how people cut a number into groups.
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212().·]")
_LOCAL = re.compile(r"[2-9]\d{7}|800\d{6}")  # inside Hong Kong
_USSD = re.compile(r"[*#][\d*#]*\d[\d*#]*", re.ASCII)
# 110, 999, 1033, 12580, 178178, 1833123; the mainland's 10086, 95588.
_SHORT = re.compile(r"1\d{2,6}|9\d{2}|9[56]\d{3,4}")
_SHORT_ABROAD = re.compile(r"\+(?:852(1\d{2,6})|853(1\d{2,4})|86(1\d{4}|9[56]\d{3,4}))")
_MAINLAND_SERVICE = re.compile(r"[48]00\d{7}")  # rung without a country code
_MAINLAND = re.compile(r"1[3-9]\d{9}|0[1-9]\d{8,10}")  # a mobile number; an area code with its 0
_CODES_WITHOUT_PLUS = re.compile(r"(?:85[23]|886|86)\d+")


@lru_cache(maxsize=2048)
def read_number(typed: str) -> Contact | None:
    """Return the number or code to dial that ``typed`` is, or None when it is none."""
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", typed).strip())
    dialled = _SEPARATORS.sub("", plain)
    if _USSD.fullmatch(dialled):
        return Contact(ContactKind.CODE, dialled, f"tel:{quote(dialled, safe='*')}", dialled)
    if not re.fullmatch(r"\+?[0-9]+", dialled):
        return None
    if dialled.startswith("+"):
        return _international(dialled)
    return _local(dialled) or _mainland(dialled) or _without_plus(dialled) or _short(dialled)


def _local(digits: str) -> Contact | None:
    """Return a Hong Kong number, which is stored without its country code."""
    number = _parsed(f"+{HONG_KONG}{digits}") if _LOCAL.fullmatch(digits) else None
    if number is None or not phonenumbers.is_valid_number(number):
        return None
    abroad = _grouped(number)
    href = f"tel:+{HONG_KONG}{digits}"
    return Contact(ContactKind.PHONE, digits, href, abroad.removeprefix(f"+{HONG_KONG} "), abroad)


def _mainland(digits: str) -> Contact | None:
    """Return a number as the mainland types it; what works from elsewhere gets its +86."""
    if _MAINLAND_SERVICE.fullmatch(digits):
        shown = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
        return Contact(ContactKind.PHONE, digits, f"tel:{digits}", shown)
    return _international(f"+86{digits}") if _MAINLAND.fullmatch(digits) else None


def _without_plus(digits: str) -> Contact | None:
    """Return a number whose country code has no plus sign, or what is dialled instead of one.

    001 is Hong Kong's own prefix: where 00 and 001 both make a number, it is not known which.
    """
    if _CODES_WITHOUT_PLUS.fullmatch(digits):
        return _international(f"+{digits}")
    prefixes = [prefix for prefix in ("00", "001") if digits.startswith(prefix)]
    found = [_international(f"+{digits.removeprefix(prefix)}") for prefix in prefixes]
    numbers = [number for number in found if number]
    return numbers[0] if len(numbers) == 1 else None


def _short(digits: str) -> Contact | None:
    if not _SHORT.fullmatch(digits):
        return None
    return Contact(ContactKind.CODE, digits, f"tel:{digits}", digits)


def _international(dialled: str) -> Contact | None:
    """Return the number that begins with a plus sign."""
    if match := _SHORT_ABROAD.fullmatch(dialled):
        short = match[match.lastindex or 0]
        shown = f"{short[:4]} {short[4:]}" if len(short) == len("1833123") else short
        code = dialled.removesuffix(short)
        return Contact(ContactKind.PHONE, dialled, f"tel:{dialled}", f"{code} {shown}")
    number = _parsed(dialled)
    if number is None:
        return None
    if number.country_code == HONG_KONG and (local := _local(str(number.national_number))):
        return local
    if not phonenumbers.is_valid_number(number) and not _is_new_in_hong_kong(number):
        return None
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Contact(ContactKind.PHONE, value, f"tel:{value}", _grouped(number))


def _is_new_in_hong_kong(number: PhoneNumber) -> bool:
    """Whether it can be a number of a range given out after the library's list was made."""
    is_whole = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return number.country_code == HONG_KONG and is_whole


def _parsed(dialled: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(dialled)
    except NumberParseException:
        return None


def _grouped(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


# ---- addresses ---------------------------------------------------------------------------------

_SCHEME = re.compile(r"(https?)://", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_AFTER_ADDRESS = ".,;。，、；"  # what a sentence leaves at the end of an address
_is_url = URLValidator(schemes=["http", "https"])


def _read_mail(text: str) -> Contact | None:
    plain = unicodedata.normalize("NFKC", text).strip("<>").rstrip(_AFTER_ADDRESS)
    user, _at, domain = _MAILTO.sub("", plain, count=1).rpartition("@")
    address = f"{user}@{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError:
        return None
    return Contact(ContactKind.MAIL, address, f"mailto:{quote(address, safe='@+')}", address)


def _read_web(text: str) -> Contact | None:
    typed = text.strip("<>").rstrip(_AFTER_ADDRESS)
    return _web_address(typed) or _web_address(unicodedata.normalize("NFKC", typed))


def _web_address(typed: str) -> Contact | None:
    """Return the address; one without a scheme gets https, one with a scheme keeps its own."""
    match = _SCHEME.match(typed)
    scheme = match[1].lower() if match else "https"
    rest = typed[match.end() :] if match else typed
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = rest[len(host) :] or ("" if match else "/")
    address = f"{scheme}://{host.lower()}{path}"
    if not _is_address(address):
        return None
    return Contact(ContactKind.WEB, address, address, address.removeprefix("https://").rstrip("/"))


def _is_address(address: str) -> bool:
    """Whether it names a host by its domain, and nobody's name and password before it."""
    try:
        _is_url(address)
        parts = urlsplit(address)
    except (ValidationError, ValueError):
        return False
    is_plain = "@" not in parts.netloc and "." in parts.netloc
    return is_plain and not re.search(r"[\s\\<>\"]", address)
