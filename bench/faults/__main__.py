"""bin/faults [NAME …]: run the named faults, or all, and say of each what was seen."""

import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.faults import crash, database, disk, flood, protocol, proxy, release

FAULTS: dict[str, Callable[[Path], str]] = {
    "kill": crash.kill,
    "workers-killed": proxy.killed_workers,
    "reload": proxy.reload_under_load,
    "broken-reload": release.reload_alone,
    "broken-reload-behind-nginx": release.reload_behind_nginx,
    "broken-start": release.start,
    "proxy": proxy.kept_pages,
    "made-up-queries": proxy.made_up_queries,
    "disk-full": disk.full,
    "read-only": disk.read_only,
    "started-read-only": disk.started_read_only,
    "database-away": database.away,
    "database-read-only": database.read_only,
    "two-servers": database.two_servers,
    "malformed": protocol.malformed,
    "smuggling": protocol.smuggling,
    "smuggling-behind-nginx": protocol.smuggling_behind_nginx,
    "forged": protocol.forged,
    "slow": flood.slow_clients,
    "flood": flood.many_connections,
}


def run(name: str) -> bool:
    """Run one fault in a folder of its own; print one line; tell whether the guide stood it."""
    start = time.monotonic()
    with TemporaryDirectory(prefix="fault-", ignore_cleanup_errors=True) as folder:
        try:
            seen, is_fine = FAULTS[name](Path(folder)), True
        except Exception as error:  # noqa: BLE001 (whatever it is, the others are still run)
            place = traceback.extract_tb(error.__traceback__)[-1]
            seen, is_fine = f"{type(error).__name__}: {error} (line {place.lineno})", False
    print(f"{'ok  ' if is_fine else 'FAIL'} {name} ({time.monotonic() - start:.0f} s): {seen}")
    return is_fine


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(FAULTS)
    if unknown := set(wanted) - set(FAULTS):
        sys.exit(f"no fault called {', '.join(sorted(unknown))}; there are: {', '.join(FAULTS)}")
    failed = [name for name in wanted if not run(name)]
    sys.exit(1 if failed else 0)
