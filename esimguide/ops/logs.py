"""The log: one JSON object a line, with the request's number and nothing about the person."""

import datetime as dt
import json
import logging
import re
import traceback
from contextvars import ContextVar
from pathlib import Path

LENGTH = 500  # characters of a message
FRAMES = 12  # innermost lines of code that are named with an error

# The number of the request that is being answered: on error pages, in X-Request-ID and in the log.
request_id: ContextVar[str] = ContextVar("request_id", default="")

_ADDRESS = re.compile(
    r"(?<![\d.])(?!127\.)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    r"|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])"
)
_QUERY = re.compile(r"\?[^\s'\"]+")
_KEY = re.compile(r"(/(?:ask|preview)/)[^/\s]+")  # whoever has such an address can read the page


class JsonFormatter(logging.Formatter):
    """Formats a record: no query, no network address; of an error its kind and place alone, since
    its words may hold what a reader wrote.
    """

    def format(self, record: logging.LogRecord) -> str:
        when = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": request_id.get(),
            "message": self._words(record),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and (error := record.exc_info[1]):
            line["error"] = type(error).__qualname__
            line["at"] = _places(error)
        return json.dumps(line, ensure_ascii=False)

    @staticmethod
    def _words(record: logging.LogRecord) -> str:
        words = _ADDRESS.sub("[address]", record.getMessage()[:LENGTH])
        words = _KEY.sub(r"\1[key]", words)
        return _QUERY.sub("", words.encode("utf-8", "replace").decode())


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
