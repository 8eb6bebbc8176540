"""Writes to the guide the way readers do: open the form, wait, fill it in, send it."""

import datetime as dt
from typing import Any
from unittest.mock import patch

from django.http import HttpResponse
from django.test import Client

from tests.html import soup


def token_of(client: Client, address: str, seconds_ago: int = 60) -> str:
    """Open the form at ``address`` so many seconds ago; return its token."""
    moment = dt.datetime.now(tz=dt.UTC).timestamp() - seconds_ago
    with patch("django.core.signing.time.time", return_value=moment):
        return str(soup(client.get(address)).select_one("[name=token]")["value"])


def write(client: Client, where: str, seconds: int = 60, **values: Any) -> HttpResponse:
    """Open the form, take ``seconds`` to fill in ``values``, send it."""
    return client.post(where, {"token": token_of(client, where, seconds), **values})
