"""Spam checks without a puzzle and without a third party.

A form carries a signed token: a random part and a timestamp. A machine posts without a token, or
too soon after it was made, or fills in a field that people do not see. A person who is refused
sees why, and their text stays in the form.
"""

import hashlib
import re
import secrets
import unicodedata
from enum import StrEnum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from esimguide.models import Message

MIN_SECONDS = 3  # nobody reads and fills in a form faster
MAX_SECONDS = 24 * 60 * 60
MAX_LINKS = 2
_SALT = "esimguide.form"
MANY_LETTERS = 30  # two people may well write the same few words, but not the same long text
FEW_COPIES = 5  # of a short text in a day
# One match a link, however much of "[url=https://www." stands before it.
_LINK = re.compile(r"\[url\W*(?:https?://)?(?:www\.)?|https?://(?:www\.)?|www\.", re.IGNORECASE)
_LETTERS = re.compile(r"[^\w]+")


class Refusal(StrEnum):
    """Why a form was not taken."""

    NO_TOKEN = "no-token"  # noqa: S105 (no password)
    TOO_SOON = "too-soon"
    TOO_OLD = "too-old"
    LINKS = "links"
    REPEATED = "repeated"


def new_token() -> str:
    return TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(12))


def nonce_of(token: str) -> str:
    """Return the random part of a genuine token, of whatever age; "" for any other."""
    try:
        return str(TimestampSigner(salt=_SALT).unsign(token))
    except BadSignature:
        return ""


def token_refusal(token: str) -> Refusal | None:
    """Return what is wrong with a token that comes back now, or None."""
    signer = TimestampSigner(salt=_SALT)
    try:
        signer.unsign(token, max_age=MAX_SECONDS)
    except SignatureExpired:
        return Refusal.TOO_OLD
    except BadSignature:
        return Refusal.NO_TOKEN
    try:
        signer.unsign(token, max_age=MIN_SECONDS)
    except SignatureExpired:
        return None
    return Refusal.TOO_SOON


def letters(text: str) -> str:
    """Return the text's letters and digits: without case, width, spaces and punctuation."""
    return _LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def message_digest(text: str) -> str:
    """Return a hash of the text's letters, so that small changes make no new text; "" for none."""
    found = letters(text)
    return hashlib.sha256(found.encode()).hexdigest() if found else ""


def text_refusal(text: str, model: type[Message]) -> Refusal | None:
    """Return what is wrong with a message, or None: too many links, or the same as one of today."""
    if len(_LINK.findall(text)) > MAX_LINKS:
        return Refusal.LINKS
    copies = model.objects.recent_copies(message_digest(text)).count()  # type: ignore[attr-defined]
    most = 1 if len(letters(text)) > MANY_LETTERS else FEW_COPIES
    return Refusal.REPEATED if copies >= most else None
