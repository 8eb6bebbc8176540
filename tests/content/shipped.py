"""Reads the shipped content as plain data, for the tests that judge its texts."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from opencc import OpenCC

from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from esimguide.text.typography import NAMES, typography_problems, words_used

ROOT = Path(__file__).resolve().parents[2] / "fixtures"
SIDES = {"_zh_hant": TRADITIONAL, "_zh_hans": SIMPLIFIED}

# Letters that OpenCC would change although they are right where they stand, each with its reason.
RIGHT_IN_SIMPLIFIED = frozenset("瞭")  # 瞭望 keeps it
RIGHT_IN_TRADITIONAL = frozenset("恒")  # the bank's own spelling of its name


class Text(NamedTuple):
    """One column's text and where it stands."""

    place: str
    language: str
    text: str
    field: str


@cache
def records(path: Path) -> list[dict[str, Any]]:
    """Return the records of one fixture file."""
    loaded: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return loaded


def files() -> list[Path]:
    """Return every fixture file."""
    return sorted(ROOT.rglob("*.json"))


def key(record: dict[str, Any]) -> str:
    """Return a readable name of a record, unique within its model."""
    fields = record["fields"]
    own = (fields.get(name) for name in ("url", "slug", "position", "document"))
    owner = fields.get("procedure") if record["model"] != "esimguide.fact" else None
    parts = [fields.get("carrier") if "slug" in fields else None, owner, *own]
    return f"{record['model']} " + " ".join(str(p) for p in parts if p is not None)


def texts(path: Path) -> Iterator[Text]:
    """Yield every non-empty text column of one file."""
    for record in records(path):
        for field, value in record["fields"].items():
            side = next((s for s in SIDES if field.endswith(s)), None)
            if side and value:
                yield Text(f"{key(record)} {field}", SIDES[side], value, field)


@cache
def forbidden_words(language: str) -> tuple[str, ...]:
    """Return the glossary's words that do not belong into ``language``."""
    column = "forbidden_zh_hant" if language == TRADITIONAL else "forbidden_zh_hans"
    terms = records(ROOT / "common" / "terms.json")
    words = {w for term in terms for w in term["fields"][column].split("、") if w}
    return tuple(sorted(words))


_to_simplified = OpenCC("t2s").convert
_to_traditional = OpenCC("s2hk").convert


def foreign_letters(text: str, language: str) -> str:
    """Return the letters of ``text`` that belong to the other script."""
    if language == SIMPLIFIED:
        return "".join(c for c in text if _to_simplified(c) != c and c not in RIGHT_IN_SIMPLIFIED)
    # 台, 里, 后, 只 … are letters of both scripts: what Big5 holds is written in Hong Kong too.
    suspects = (c for c in text if _to_traditional(c) != c and not _is_big5(c))
    return "".join(c for c in suspects if c not in RIGHT_IN_TRADITIONAL)


def _is_big5(letter: str) -> bool:
    try:
        letter.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def faults(item: Text) -> list[str]:
    """Return everything that breaks the rules of writing in one text."""
    found = typography_problems(item.text, item.language)
    if not item.place.startswith("esimguide.term"):
        words = forbidden_words(item.language)
        found += [f"word of the other side: {w}" for w in words_used(item.text, words, names=NAMES)]
    if letters := foreign_letters(item.text, item.language):
        found.append(f"letters of the other script: {letters}")
    return [f"{item.place}: {fault}" for fault in found]
