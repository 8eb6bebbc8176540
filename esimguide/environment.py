"""What the settings read from the environment: flags, numbers, hosts, the database, mail.

A value that cannot be used ends the start with one line that names it, never with a traceback, and
never with a piece of a password.
"""

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock at BEGIN, so that two writers wait instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRES_OPTIONS = {
    # A server that is away is noticed in seconds, one that falls silent in half a minute.
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds
    # No page takes seconds: what does is stuck, and must not hold a thread or a row for ever. For a
    # row one waits longer: twenty who save it at once on a busy machine each have their turn.
    "options": "-c statement_timeout=10s -c lock_timeout=8s"
    " -c idle_in_transaction_session_timeout=30s",
}
DATABASE_OPTIONS: dict[str, dict[str, Any]] = {
    "sqlite": SQLITE_OPTIONS,
    "postgres": POSTGRES_OPTIONS,
    "postgresql": POSTGRES_OPTIONS,
}

LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
HOST = r"\[[\da-f:.]+\]|[\w-]+(?:\.[\w-]+)*"
ALLOWED_HOST = re.compile(rf"(?:https?://)?(\.?)({HOST})\.?(?::\d*)?(?:/.*)?", re.IGNORECASE)
SITE = re.compile(rf"(https?)://({HOST})\.?(?::(\d{{1,5}}))?/*", re.IGNORECASE)
DEFAULT_PORTS = {"http": "80", "https": "443"}
# The host stands behind the last @. A sign in a password that ends the host's part too early leaves
# that @ in what follows, where none may be.
USER = r"(?:[^/?#\[\]\s]*@)?"
SERVER = r"(?:\[[\da-f:.]+\]|[\w.,:%-]+)(?::\d+)?"
OPTIONS = r"(?:\?[^#@\s]*)?"
POSTGRES = re.compile(rf"\w+://{USER}(?:{SERVER})?/[^?#@\s]+{OPTIONS}", re.IGNORECASE)
MAIL = re.compile(rf"[\w+]+://{USER}{SERVER}/?{OPTIONS}", re.IGNORECASE)
SQLITE = re.compile(r"sqlite:///[^?#]+(?:\?[\w=&.-]*)?", re.IGNORECASE)
NO_PERCENT_CODE = re.compile(r"%(?![\da-f]{2})", re.IGNORECASE)


def refuse(problem: str) -> NoReturn:
    """End the start with one clear line instead of a traceback."""
    sys.exit(f"settings: {problem}")


def text(name: str, default: str = "") -> str:
    """Return the environment's ``name`` as it stands, without spaces around it."""
    return os.environ.get(name, default).strip()


def listed(name: str) -> list[str]:
    """Return the environment's ``name``, which has commas between its parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def flag(name: str, *, default: bool) -> bool:
    """Return the environment's yes-or-no ``name``; anything but 1/0, true/false stops the start."""
    raw = text(name, str(int(default))).lower()
    if raw not in {"0", "1", "true", "false"}:
        refuse(f"{name} must be 1 or 0, not {raw!r}")
    return raw in {"1", "true"}


def number(name: str, *, default: int, least: int = 1) -> int:
    """Return the environment's whole number ``name``; below ``least``, the start is stopped."""
    raw = text(name, str(default))
    if not (raw.isascii() and raw.isdigit() and int(raw) >= least):
        refuse(f"{name} must be a whole number from {least}, not {raw!r}")
    return int(raw)


def hosts() -> list[str]:
    """Return the names that ALLOWED_HOSTS lists, as Django compares them: no scheme, no port."""
    words = [word for word in re.split(r"[\s,;]+", text("ALLOWED_HOSTS", LOCAL_HOSTS)) if word]
    if "*" in words:
        refuse("ALLOWED_HOSTS must name the hosts; * would answer to any name")
    if not words:
        refuse("ALLOWED_HOSTS names no host")
    return [_allowed(word) for word in words]


def _allowed(word: str) -> str:
    try:
        return f"[{IPv6Address(word)}]"
    except ValueError:
        found = ALLOWED_HOST.fullmatch(word)
    if not found:
        refuse("ALLOWED_HOSTS takes names with commas between; all under a name is .guide.example")
    return found[1] + _ascii("ALLOWED_HOSTS", found[2])


def _ascii(name: str, host: str) -> str:
    """Return the host as browsers send it."""
    try:
        return host.lower().encode("idna").decode()
    except UnicodeError:
        refuse(f"{name} has a name that no host can have")


def site_url() -> str:
    """Return the origin that SITE_URL names, as browsers write it; "" without SITE_URL."""
    raw = text("SITE_URL")
    if not raw:
        return ""
    if not raw.lower().startswith(("http://", "https://")):
        refuse("SITE_URL must start with https:// (or http:// on your own machine)")
    found = SITE.fullmatch(raw)
    if not found:
        refuse("SITE_URL must end after the name or the port: https://guide.example")
    scheme, port = found[1].lower(), found[3]
    shown = f":{port}" if port and port != DEFAULT_PORTS[scheme] else ""
    return f"{scheme}://{_ascii('SITE_URL', found[2])}{shown}"


def database() -> dict[str, Any]:
    """Return the database that DATABASE_URL names; without it, SQLite in var/."""
    raw = text("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'guide.sqlite3'))}")
    scheme = raw.partition("://")[0].lower()
    if scheme not in DATABASE_OPTIONS:
        refuse("DATABASE_URL must start with sqlite:/// or postgres://")
    form = SQLITE if scheme == "sqlite" else POSTGRES
    config = _read("DATABASE_URL", raw, form, environ.Env.db_url_config)
    config["OPTIONS"] = DATABASE_OPTIONS[scheme] | config.get("OPTIONS", {})
    # Opening a connection costs as much as half a page; a dead one is noticed and replaced.
    return config | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def _read(
    name: str, raw: str, form: re.Pattern[str], read: Callable[[str], dict[str, Any]]
) -> dict[str, Any]:
    """Return what ``read`` makes of an address that may hold a password."""
    if form.fullmatch(raw) and not NO_PERCENT_CODE.search(raw):
        scheme, _, rest = raw.partition("://")
        address, mark, options = rest.partition("?")
        plus_kept = address.replace("+", "%2B")  # else it would be read as a space
        with suppress(ValueError):  # a port above 65535; its words hold the address
            return read(f"{scheme.lower()}://{plus_kept}{mark}{options}")
    refuse(
        f"{name} cannot be read: in a name, password or path write @ # / ? % [ ] and spaces"
        " as %40 %23 %2F %3F %25 %5B %5D %20"
    )


def mailers() -> dict[str, Any]:
    """Return the mail server that EMAIL_URL names, as Django's MAILERS; without it nothing goes."""
    url = text("EMAIL_URL")
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    if not url.lower().startswith(("smtp://", "smtp+tls://", "smtp+ssl://")):
        refuse("EMAIL_URL must start with smtp://, smtp+tls:// or smtp+ssl://")
    server = _read("EMAIL_URL", url, MAIL, environ.Env.email_url_config)
    options = {
        "host": server["EMAIL_HOST"],
        "port": server["EMAIL_PORT"],
        "username": server["EMAIL_HOST_USER"],
        "password": server["EMAIL_HOST_PASSWORD"],
        "use_tls": server.get("EMAIL_USE_TLS", False),
        "use_ssl": server.get("EMAIL_USE_SSL", False),
        "timeout": 10,
    }
    return {"default": {"BACKEND": server["EMAIL_BACKEND"], "OPTIONS": options}}
