"""Pure: the letters that a stored text may hold, whoever wrote it and by whichever way it came."""

import re
import unicodedata

# Joiners shape emoji and some scripts; every other invisible sign can only mislead.
_KEPT = {"\n", "\u200c", "\u200d"}
_AS_NEWLINE = {"\u2028", "\u2029", "\x85", "\r", "\x0b", "\x0c"}
# Control, format (bidi overrides, zero-width signs, tags) and half a surrogate pair.
_DROPPED = {"Cc", "Cf", "Cs"}


def normalize(text: str) -> str:
    """Return ``text`` as it is stored: composed (NFC), lines ended by LF, nothing invisible.

    A tab becomes a space; control, bidi-override and zero-width characters are dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(map(_as_kept, text.replace("\r\n", "\n")))
    return unicodedata.normalize("NFC", kept)


def normalize_line(text: str) -> str:
    return " ".join(line for line in map(str.strip, normalize(text).split("\n")) if line)


def _as_kept(sign: str) -> str:
    if sign in _AS_NEWLINE:
        return "\n"
    if sign == "\t":
        return " "
    return "" if unicodedata.category(sign) in _DROPPED and sign not in _KEPT else sign


# iPhone14ProMax is iPhone, 14, ProMax and 苹果14 is 苹果, 14; but S24, A3518 and 17e stay whole.
_SEAM = re.compile(
    r"(?<=[a-z]{3})(?=\d)|(?<=\d)(?=[a-z]{3})"
    r"|(?<=[^\x00-\x7f])(?=[a-z0-9])|(?<=[a-z0-9])(?=[^\x00-\x7f])"
)
_EMPTY_WORDS = re.compile("手機|手机|[，、,]")  # say nothing in a list of phones


def search_words(typed: str) -> list[str]:
    """Return the words of a filter box in lower case, without those that narrow nothing."""
    return _SEAM.sub(" ", _EMPTY_WORDS.sub(" ", typed.lower())).split()
