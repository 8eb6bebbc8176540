"""logs.py: one JSON object a line, nothing about the person."""

import json
import logging
import sys

import pytest

from esimguide.ops.logs import JsonFormatter, request_id


def line(message: str, *arguments: object, error: bool = False) -> dict[str, object]:
    """Return the line of one warning, parsed."""
    exc_info = sys.exc_info() if error else None
    record = logging.LogRecord("guide", logging.WARNING, "", 0, message, arguments, exc_info)
    written = JsonFormatter().format(record)
    assert "\n" not in written
    parsed: dict[str, object] = json.loads(written)
    return parsed


def test_a_line_names_the_request_and_the_kind() -> None:
    request_id.set("0123456789ab")
    found = line("Not Found: %s", "/zh-hant/none/")
    request_id.set("")
    assert str(found.pop("time")).endswith("+00:00")
    assert found == {
        "level": "warning",
        "logger": "guide",
        "request": "0123456789ab",
        "message": "Not Found: /zh-hant/none/",
    }


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Invalid request from ip=203.0.113.5: x", "Invalid request from ip=[address]: x"),
        ("from 2001:db8::1 today", "from [address] today"),
        ("from 2001:db8:0:0:1:2:3:4 today", "from [address] today"),
        ("Listening at: http://127.0.0.1:8000", "Listening at: http://127.0.0.1:8000"),
        ("/zh-hant/?q=我的號碼", "/zh-hant/"),
        ("a\nb\ud800", "a\nb?"),
        ("x" * 900, "x" * 500),
        ("12:30:45 and 1.2.3", "12:30:45 and 1.2.3"),
    ],
)
def test_addresses_queries_and_floods_are_left_out(said: str, written: str) -> None:
    assert line(said)["message"] == written


def test_of_an_error_the_kind_and_the_place_but_not_the_words() -> None:
    try:
        int("reader@example.org")
    except ValueError:
        found = line("failed", error=True)
    assert found["error"] == "ValueError"
    places = found["at"]
    assert isinstance(places, list)
    assert places[-1].startswith("test_logs.py:")
    assert "example.org" not in json.dumps(found)
