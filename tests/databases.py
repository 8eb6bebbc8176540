"""Databases of the kind the tests run on, and what can be seen of one from outside."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from bench.faults.guide import manage

_number = count(1)
LOOK = """
import hashlib, json
from django.apps import apps
from django.test import Client
client = Client(headers={"Host": "localhost"})
pages = ["/zh-hant/", "/zh-hans/glossary/", "/zh-hant/carriers/cmhk/", "/zh-hans/codes/",
         "/zh-hant/questions/phone/", "/zh-hans/changes/", "/zh-hant/documents/", "/sitemap.xml",
         "/zh-hant/carriers/csl/report-loss/", "/zh-hans/carriers/cmhk/ask/", "/zh-hant/compare/"]
left_out = {"sessions.Session", "esimguide.RateLimitCounter", "axes.AccessAttempt"}
print("SEEN", json.dumps([
    {m._meta.label: m._base_manager.count() for m in apps.get_models(include_auto_created=True)
     if m._meta.label not in left_out and m._meta.managed},
    {p: hashlib.sha256(client.get(p).content).hexdigest() for p in pages},
]))
"""


def seen(address: str) -> list[dict[str, object]]:
    """Return the count of every table, and the hash of some pages, by a process of its own."""
    told = manage("shell", "--command", LOOK, DATABASE_URL=address).rsplit("SEEN ", 1)[1]
    found: list[dict[str, object]] = json.loads(told)
    return found


@contextmanager
def fresh(folder: Path, address: str) -> Iterator[str]:
    """Give the address of an empty database; ``address`` is the one DATABASE_URL names, if any."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / f'{next(_number)}.sqlite3'}"
        return
    name = f"fresh_{token_hex(8)}"  # the other worker makes databases on the same server
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
