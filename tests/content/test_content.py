"""The shipped texts: both languages complete, each in its own letters, words and typography."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from esimguide.models import Channel
from esimguide.text.markdown import lost_links, markdown
from tests.content.shipped import ROOT, SIDES, faults, files, key, records, texts

EVERY_FILE = pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(ROOT)))


@EVERY_FILE
def test_texts_keep_the_rules_of_writing(path: Path) -> None:
    assert [fault for text in texts(path) for fault in faults(text)] == []


@EVERY_FILE
def test_texts_stand_in_both_languages(path: Path) -> None:
    one_sided = [
        f"{key(record)} {field}"
        for record in records(path)
        for field, value in record["fields"].items()
        for side, other in zip(SIDES, reversed(SIDES), strict=True)
        if field.endswith(side)
        and not field.startswith("forbidden_")
        and bool(value) != bool(record["fields"].get(field.removesuffix(side) + other))
    ]
    assert one_sided == []


@EVERY_FILE
def test_channels_are_shipped_as_they_are_stored(path: Path) -> None:
    fields = [r["fields"] for r in records(path) if r["model"] == "esimguide.channel"]
    for channel in fields:
        written = Channel(kind=channel["kind"], value=channel.get("value", ""))
        assert Channel._meta.get_field("value").to_python(written.value) == written.value
        assert not written.value or written.href
        assert written.is_phone == (channel["kind"] in {"hotline", "whatsapp"})


@EVERY_FILE
def test_no_link_is_lost(path: Path) -> None:
    assert [(t.place, lost) for t in texts(path) for lost in lost_links(t.text)] == []


def natural_key(record: dict[str, Any]) -> tuple[str, ...]:
    """Return what makes a record the same record in two places."""
    fields, model = record["fields"], record["model"]
    names = {
        "esimguide.synonym": ("word",),
        "esimguide.source": ("url",),
        "esimguide.channel": ("carrier", "slug"),
        "esimguide.procedure": ("carrier", "slug"),
        "esimguide.step": ("procedure", "position"),
        "esimguide.requirement": ("procedure", "document"),
    }
    return (model, *(str(fields[name]) for name in names.get(model, ("slug",))))


def test_every_record_stands_once() -> None:
    keys = Counter(natural_key(record) for path in files() for record in records(path))
    assert [key for key, count in keys.items() if count > 1] == []


@EVERY_FILE
def test_markdown_leaves_no_asterisks(path: Path) -> None:
    # 「**粗體。**下一句」 is not bold in Markdown: the full stop belongs outside the asterisks.
    assert [text.place for text in texts(path) if "**" in markdown(text.text)] == []


# Addresses hold numbers of their own; each side dials the other with its code; clocks are written
# as 下午3時30分 on one side and as 15:30 on the other.
_NOT_COMPARED = re.compile(
    r"\]\([^)]*\)|https?://\S+|\+(?:852|86)|(?:[上下]午|中午|早上|晚上|凌晨)\d+(?:時(?:\d+分)?|点)|\d+:\d+"
)
_NUMBERS = re.compile(r"HK\$[\d,.]+|\d{4} \d{4}|\d[\d,.]*")


def numbers(record: dict[str, Any], side: str) -> set[str]:
    """Return the amounts, telephone numbers and counts in the texts of one side."""
    fields = record["fields"].items()
    words = " ".join(value for name, value in fields if name.endswith(side) and value)
    return {n.rstrip(".,") for n in _NUMBERS.findall(_NOT_COMPARED.sub(" ", words))}


@EVERY_FILE
def test_both_languages_name_the_same_numbers(path: Path) -> None:
    different = [
        (key(record), numbers(record, "_zh_hant") ^ numbers(record, "_zh_hans"))
        for record in records(path)
        if numbers(record, "_zh_hant") != numbers(record, "_zh_hans")
    ]
    assert different == []
