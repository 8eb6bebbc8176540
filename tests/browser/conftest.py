"""Debian's Chromium, driven by Playwright, against a live server with the shipped content."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests import template

# Playwright runs a loop of its own in this thread, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def guide(content_file: Path, transactional_db: None, live_server: LiveServer) -> Iterator[str]:
    """Return the address of a running guide that holds the shipped content."""
    with template.filled(content_file):
        yield live_server.url
