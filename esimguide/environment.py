"""What the settings read from the environment: flags, numbers, the database, the mail server.

A value that cannot be used ends the start with one line that names it, never with a traceback.
"""

import sys
from pathlib import Path
from typing import Any, NoReturn

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

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


def refuse(problem: str) -> NoReturn:
    """End the start with one clear line instead of a traceback."""
    sys.exit(f"settings: {problem}")


def flag(name: str, *, default: bool) -> bool:
    """Return the environment's yes-or-no ``name``; anything but 1/0, true/false stops the start."""
    raw = env.str(name, default=str(int(default))).strip().lower()
    if raw not in {"0", "1", "true", "false"}:
        refuse(f"{name} must be 1 or 0, not {raw!r}")
    return raw in {"1", "true"}


def number(name: str, *, default: int, least: int = 1) -> int:
    """Return the environment's whole number ``name``; below ``least``, the start is stopped."""
    raw = env.str(name, default=str(default)).strip()
    if not (raw.isascii() and raw.isdigit() and int(raw) >= least):
        refuse(f"{name} must be a whole number from {least}, not {raw!r}")
    return int(raw)


def database() -> dict[str, Any]:
    """Return the database that DATABASE_URL names; without it, SQLite in var/."""
    default = f"sqlite:///{VAR_DIR / 'guide.sqlite3'}"
    scheme = env.str("DATABASE_URL", default=default).partition("://")[0]
    if scheme not in DATABASE_OPTIONS:
        refuse("DATABASE_URL must start with sqlite:/// or postgres://")
    config: dict[str, Any] = env.db_url("DATABASE_URL", default=default)
    config["OPTIONS"] = DATABASE_OPTIONS[scheme] | config.get("OPTIONS", {})
    # Opening a connection costs as much as half a page; a dead one is noticed and replaced.
    return config | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def mailers() -> dict[str, Any]:
    """Return the mail server that EMAIL_URL names, as Django's MAILERS; without it nothing goes."""
    url = env.str("EMAIL_URL", default="")
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    if not url.startswith(("smtp://", "smtp+tls://", "smtp+ssl://")):
        refuse("EMAIL_URL must start with smtp://, smtp+tls:// or smtp+ssl://")
    server = env.email_url("EMAIL_URL")
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
