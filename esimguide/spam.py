"""What tells a person's message from a machine's, without a puzzle and without a third party.

A form carries a signed token: a random part and the moment it was made. A machine posts without
one, too soon after it, or fills a box that people do not see. Whoever is refused sees why and
keeps what they wrote.
"""

import hashlib
import re
import secrets
import unicodedata
from enum import StrEnum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from esimguide.models import Received

MIN_SECONDS = 3  # nobody reads and fills in a form faster
MAX_SECONDS = 24 * 60 * 60
MAX_LINKS = 2
_SALT = "esimguide.form"
_LINK = re.compile(r"https?://|www\.|\[/?url", re.IGNORECASE)
_LETTERS = re.compile(r"[^\w]+")


class Refusal(StrEnum):
    """Why a form was not taken."""

    NO_TOKEN = "no-token"  # noqa: S105 (no password)
    TOO_SOON = "too-soon"
    TOO_OLD = "too-old"
    LINKS = "links"
    REPEATED = "repeated"


def new_token() -> str:
    """Return the token of a form that is shown now."""
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


def digest(text: str) -> str:
    """Return a hash of the text's letters and digits; "" for a text without any.

    Case, width, spaces and punctuation do not count, so that small changes make no new text.
    """
    letters = _LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return hashlib.sha256(letters.encode()).hexdigest() if letters else ""


def text_refusal(text: str, model: type[Received]) -> Refusal | None:
    """Return what is wrong with a message, or None: too many links, or the same as one of today."""
    if len(_LINK.findall(text)) > MAX_LINKS:
        return Refusal.LINKS
    is_repeated = model.objects.recent_copies(digest(text)).exists()  # type: ignore[attr-defined]
    return Refusal.REPEATED if is_repeated else None
