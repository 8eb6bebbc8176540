"""settings.py: a missing or wrong value stops the start with one clear line."""

import os
import subprocess
import sys

import pytest

KEY = {"SECRET_KEY": "k" * 50}


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Django's own check with exactly these settings in the environment."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({}, "settings: SECRET_KEY is missing or shorter than 32 characters"),
        ({"SECRET_KEY": "short"}, "settings: SECRET_KEY is missing or shorter than 32 characters"),
        (KEY | {"DEBUG": "maybe"}, "settings: DEBUG must be 1 or 0, not 'maybe'"),
        (
            KEY | {"ALLOWED_HOSTS": "*"},
            "settings: ALLOWED_HOSTS must name the hosts; * would answer to any name",
        ),
        (
            KEY | {"SITE_URL": "guide.example"},
            "settings: SITE_URL must start with https:// (or http:// on your own machine)",
        ),
        (
            KEY | {"EMAIL_URL": "smtp://localhost", "MAIL_FROM": "guide@example.org"},
            "settings: SITE_URL is missing: mail leads readers to their answer",
        ),
        *(
            (
                KEY | {"DATABASE_URL": url},
                "settings: DATABASE_URL must start with sqlite:/// or postgres://",
            )
            for url in ("mysql://a/b", "nonsense")
        ),
    ],
)
def test_wrong_value_stops_the_start_with_one_line(environment: dict[str, str], line: str) -> None:
    ended = start(environment)
    assert (ended.returncode, ended.stderr.strip()) == (1, line)


@pytest.mark.parametrize(
    "environment", [KEY, {"DEBUG": "1"}, KEY | {"DATABASE_URL": "postgres://u:p@db/guide"}]
)
def test_right_values_start(environment: dict[str, str]) -> None:
    assert start(environment).returncode == 0
