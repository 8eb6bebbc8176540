"""The shortest way to a finished page: from a request's bytes, as they came, to its answer.

Most requests are one plain GET that fits one packet. Those are read here, strictly: whatever is
unusual about a request, allowed or not, leaves it to gunicorn's parser and ``asgi.py``, which
answer the same bytes with ten times the work.
"""

import re

from esimguide.pagecache import Answer, answered, find_key

LONGEST = 4096  # bytes; a longer request is read the long way, here a look at it costs microseconds
REQUEST = re.compile(rb"(GET|HEAD) (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[\t -~]*\r\n)+)\r\n")
# What says that there is more to a request than its head, or that the connection is to end.
UNUSUAL = {"content-length", "transfer-encoding", "expect", "upgrade", "te", "trailer", "range"}


def at_once(request: bytes) -> Answer | None:
    """Answer one whole HTTP/1.1 request that came without TLS; None where it is not so plain, or
    the page not finished.
    """
    found = REQUEST.fullmatch(request) if len(request) <= LONGEST else None
    if found is None:
        return None
    method, target, lines = (part.decode("ascii") for part in found.groups())
    path, _, query = target.partition("?")
    headers = _headers(lines)
    if headers is None or "%" in path or "#" in target:
        return None

    def header(name: str) -> str:
        return headers.get(name, "")

    return answered(find_key(method, "http", path, query, header), method, header)


def _headers(lines: str) -> dict[str, str] | None:
    headers: dict[str, str] = {}
    for line in lines.split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip(" \t")
    is_once = len(headers) == lines.count("\r\n")
    stays = headers.get("connection", "keep-alive").lower() == "keep-alive"
    return headers if is_once and stays and UNUSUAL.isdisjoint(headers) else None
