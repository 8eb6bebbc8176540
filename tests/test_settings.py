"""settings.py: a missing or wrong value stops the start with one clear line."""

import os
import subprocess
import sys

import pytest

from esimguide import environment

KEY = {"SECRET_KEY": "k" * 50}


def start(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Django's own check with exactly these settings in the environment."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "line"),
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
        *(
            (
                KEY | {"SITE_URL": url},
                "settings: SITE_URL must end after the name or the port: https://guide.example",
            )
            for url in (
                "https://guide.example/path",
                "https://",
                "https://me:secret@guide.example",
                "https://guide.example?x=1",
            )
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
def test_wrong_value_stops_the_start_with_one_line(given: dict[str, str], line: str) -> None:
    ended = start(given)
    assert (ended.returncode, ended.stderr.strip()) == (1, line)


@pytest.mark.parametrize(
    "given", [KEY, {"DEBUG": "1"}, KEY | {"DATABASE_URL": "postgres://u:p@db/guide"}]
)
def test_right_values_start(given: dict[str, str]) -> None:
    assert start(given).returncode == 0


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("a.example, b.example", ["a.example", "b.example"]),
        (" a.example b.example,", ["a.example", "b.example"]),
        ("https://Guide.Example/", ["guide.example"]),
        ("guide.example:443,127.0.0.1:8000", ["guide.example", "127.0.0.1"]),
        ("http://guide.example:80/path", ["guide.example"]),
        ("guide.example.", ["guide.example"]),
        (".guide.example", [".guide.example"]),
        ("::1, [::1]:8000, [2001:db8::1]", ["[::1]", "[::1]", "[2001:db8::1]"]),
        ("中文.example", ["xn--fiq228c.example"]),
    ],
)
def test_hosts_are_read_however_they_are_written(
    monkeypatch: pytest.MonkeyPatch, raw: str, names: list[str]
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", raw)
    assert environment.hosts() == names


@pytest.mark.parametrize("raw", ["*", " , ", "a.example, *", "*.example", '"a.example"', "a..b"])
def test_hosts_that_are_none_are_refused(monkeypatch: pytest.MonkeyPatch, raw: str) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", raw)
    with pytest.raises(SystemExit, match="settings: ALLOWED_HOSTS"):
        environment.hosts()


@pytest.mark.parametrize(
    ("raw", "origin"),
    [
        ("", ""),
        ("  https://guide.example/ ", "https://guide.example"),
        ("HTTPS://Guide.Example:443", "https://guide.example"),
        ("http://localhost:8000//", "http://localhost:8000"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("https://中文.example", "https://xn--fiq228c.example"),
    ],
)
def test_the_sites_address_is_read_as_browsers_write_it(
    monkeypatch: pytest.MonkeyPatch, raw: str, origin: str
) -> None:
    monkeypatch.setenv("SITE_URL", raw)
    assert environment.site_url() == origin


@pytest.mark.parametrize(
    ("url", "password", "host", "name"),
    [
        ("postgres://u:p%40ss%23w%2Frd@host/db", "p@ss#w/rd", "host", "db"),
        ("postgres://u:p@ss@host/db", "p@ss", "host", "db"),
        ("postgres://u:p\uff0f@host/db", "p\uff0f", "host", "db"),
        ("Postgres://u:p:+$x@host:5432/db", "p:+$x", "host", "db"),
        ("postgresql://u:@/db?host=/tmp/x", "", "", "db"),
        ("postgres:////run/postgresql/db", "", "/run/postgresql", "db"),
        ("postgres://u:p@one:1,two:2/db", "p", "one,two", "db"),
        ("sqlite:////srv/a+b/my guide.sqlite3", "", "", "/srv/a+b/my guide.sqlite3"),
        (" sqlite:////srv/a%23b.sqlite3", "", "", "/srv/a#b.sqlite3"),
    ],
)
def test_the_database_is_read(
    monkeypatch: pytest.MonkeyPatch, url: str, password: str, host: str, name: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    read = environment.database()
    assert (read["PASSWORD"], read["HOST"], read["NAME"]) == (password, host, name)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:S3@ss#w/rd@host/db",
        "postgres://u:S3/rd@host/db",
        "postgres://u:1/S3@host/db",
        "postgres://u:S3?x@host/db",
        "postgres://u:1/a?S3@host/db",
        "postgres://u:S[3@host/db",
        "postgres://u:S3 x@host/db",
        "postgres://u:S3%@host/db",
        "postgres://u:S3@host:99999/db",
        "postgres://u:S3@host:port/db",
        "postgres://u:S3@host",
        "sqlite:////srv/S3#b.sqlite3",
        "sqlite:///",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SystemExit, match=r"settings: DATABASE_URL [^S]+$"):
        environment.database()


@pytest.mark.parametrize(
    ("url", "user", "password"),
    [
        ("smtp+tls://me@x.org:pa%23ss@mail.example.org:587", "me@x.org", "pa#ss"),
        ("SMTP+TLS://me%40x.org:p+a@mail.example.org", "me@x.org", "p+a"),
        ("smtp://localhost:25/", None, None),
    ],
)
def test_the_mail_server_is_read(
    monkeypatch: pytest.MonkeyPatch, url: str, user: str | None, password: str | None
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    options = environment.mailers()["default"]["OPTIONS"]
    assert (options["username"], options["password"]) == (user, password)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("EMAIL_URL", "smtp+tls://me@x.org:pa#ss@mail.example.org:587"),
        ("EMAIL_URL", "smtp://:pa@"),
        ("DATABASE_URL", "postgres://u:p@ss#w/rd@host/db"),
    ],
)
def test_the_start_ends_with_one_line_that_shows_no_password(name: str, url: str) -> None:
    ended = start(KEY | {name: url, "MAIL_FROM": "a@b.example"})
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"settings: {name} cannot be read")
    assert ended.stderr.count("\n") == 1
    assert "pa#" not in ended.stderr + ended.stdout
    assert "ss#" not in ended.stderr + ended.stdout


def test_editors_addresses_may_have_spaces_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITORS_MAIL", "a@b.example , c@d.example,")
    assert environment.listed("EDITORS_MAIL") == ["a@b.example", "c@d.example"]
