"""The server, alone and behind nginx, beside nginx on files: bin/bench serving [PATH]

nginx answers the very bytes of one finished page from a file. Beside it the guide answers the page
*alone* (bin/serve), and *behind nginx* as docs/deploy/nginx.conf has it. All run two workers on
loopback, loaded by wrk in alternating rounds; figures are medians. CPU is user and system time of
all of a server's processes by request.
"""

import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.faults import proxy
from bench.faults.guide import HOST, Guide
from bench.faults.nginx import in_front_of, on_files

PAGE = sys.argv[1] if len(sys.argv) > 1 else "/zh-hant/carriers/cmhk/"
ROUNDS, SECONDS = int(os.environ.get("ROUNDS", "5")), 2
TICK = os.sysconf("SC_CLK_TCK")
SLOW_CLIENTS = 300


def children(pid: int) -> list[int]:
    """Return the processes that this one has started."""
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu(pid: int) -> float:
    """Return the seconds of CPU that a server's processes have used."""
    stats = (
        Path(f"/proc/{p}/stat").read_text().rsplit(")", 1)[1].split() for p in (pid, *children(pid))
    )
    return sum(int(s[11]) + int(s[12]) for s in stats) / TICK


def memory(processes: list[int], field: str) -> float:
    """Return MB of these processes: "Rss" or "Pss"."""
    maps = (Path(f"/proc/{p}/smaps_rollup").read_text() for p in processes)
    return sum(int(re.search(rf"^{field}:\s+(\d+)", m, re.MULTILINE)[1]) for m in maps) / 1024


@dataclass
class Server:
    """A running server and its first process."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.port}{PAGE}"

    def fetch(self, **headers: str) -> tuple[bytes, dict[str, str]]:
        """Return the page's body and headers."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=10)
        line.request("GET", PAGE, headers={n.replace("_", "-"): v for n, v in headers.items()})
        answer = line.getresponse()
        body, found = answer.read(), {name.lower(): value for name, value in answer.headers.items()}
        line.close()
        return body, found


type Servers = dict[str, Server]


def load(server: Server, connections: int, header: str = "X-A: b") -> dict[str, float]:
    """Load the server with wrk; return requests a second, p99 in ms, and CPU us a request."""
    before = cpu(server.pid)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency"]
    command += ["-H", "Accept-Encoding: br, gzip", "-H", header, server.url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    used = cpu(server.pid) - before
    if "Non-2xx" in text:
        sys.exit(f"serving: {server.url} was refused:\n{text}")
    count = int(re.search(r"(\d+) requests in", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    p99 = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return {"rate": rate, "p99": p99, "cpu": used / max(count, 1) * 1e6}


def medians(
    servers: Servers, connections: int, headers: dict[str, str]
) -> dict[str, dict[str, float]]:
    """Return each server's medians over alternating rounds."""
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in servers}
    for number in range(ROUNDS):
        for name in list(servers)[:: 1 if number % 2 else -1]:
            rows[name].append(load(servers[name], connections, headers.get(name, "X-A: b")))
    return {
        name: {k: statistics.median(row[k] for row in found) for k in found[0]}
        for name, found in rows.items()
    }


# ---- slow clients --------------------------------------------------------------------------------


def send_slowly(lines: list[socket.socket], done: threading.Event) -> None:
    """Send a header's byte a second on each line."""
    for byte in f"GET {PAGE} HTTP/1.1\r\nX: {'a' * 60}".encode():
        for line in lines:
            line.send(bytes([byte]))
        if done.wait(1):
            return


def read_slowly(lines: list[socket.socket], done: threading.Event) -> None:
    """Ask for the unpacked page ten times on each line, and read 1 KB of it a second."""
    ask = f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    for line in lines:
        line.sendall(ask * 10)
    while not done.wait(1):
        for line in lines:
            line.recv(1024)


@contextmanager
def slow_clients(port: int, act: Callable[..., None]) -> Iterator[None]:
    """Let clients ``act`` slowly beside the block."""
    done = threading.Event()
    lines = [socket.socket() for _ in range(SLOW_CLIENTS)]
    for line in lines:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # bytes; so that it fills
        line.connect((HOST, port))
    thread = threading.Thread(target=act, args=(lines, done))
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        for line in lines:
            line.close()


def beside_slow_clients(server: Server, act: Callable[..., None]) -> tuple[float, float]:
    """Return the rate beside clients that ``act`` slowly, by that without; and the p99 in ms."""
    without, beside = [], []
    for _ in range(3):
        without.append(load(server, 4))
        with slow_clients(server.port, act):
            time.sleep(2)  # what they ask for at first is as much work as for any other readers
            beside.append(load(server, 4))
    rate = statistics.median(r["rate"] for r in beside)
    share = rate / statistics.median(r["rate"] for r in without)
    return share, statistics.median(r["p99"] for r in beside)


# ---- the table -----------------------------------------------------------------------------------


def row(figure: str, value: str, least: str) -> None:
    """Print one row of the table."""
    print(f"| {figure} | {value} | {least} |", flush=True)


def rates(servers: Servers) -> None:
    """Print what share of nginx's rate each shape has."""
    for connections in (16, 64):
        found = medians(servers, connections, {})
        files = found["files"]
        for name, least in (("alone", "0.35"), ("behind nginx", "0.85")):
            mine = found[name]
            share, cost = mine["rate"] / files["rate"], mine["cpu"] / files["cpu"]
            told = f"{share:.2f} ({mine['rate']:.0f}/s, p99 {mine['p99']:.1f} ms)"
            row(f"{name}, c={connections}: share of nginx's req/s on files", told, least)
            row("… CPU a request against nginx", f"{cost:.1f}×", "")
    tags = {
        n: f"If-None-Match: {s.fetch(Accept_Encoding='br')[1]['etag']}" for n, s in servers.items()
    }
    found = medians(servers, 16, tags)
    for name in ("alone", "behind nginx"):
        share = found[name]["rate"] / found["files"]["rate"]
        row(f"{name}, 304, c=16: share of nginx's", f"{share:.2f}", "")


def burdens(server: Server) -> None:
    """Print memory, and what slow clients cost, of the guide alone."""
    workers = children(server.pid)
    told = f"{memory(workers, 'Rss'):.0f} ({memory(workers, 'Pss'):.0f}) MB"
    row("memory of the 2 workers, RSS (PSS)", told, "≤ 180 MB")
    for how, act, least in (("header", send_slowly, "0.8"), ("reading", read_slowly, "")):
        share, p99 = beside_slow_clients(server, act)
        told = f"{share:.2f} (p99 {p99:.1f} ms)"
        row(f"alone, {SLOW_CLIENTS} slow-{how} clients: rate by that without", told, least)


def faults(folder: Path) -> None:
    """Print what readers behind nginx see of edits, killed workers and reloads."""
    for number, fault in enumerate(
        (proxy.kept_pages, proxy.killed_workers, proxy.reload_under_load)
    ):
        own = folder / f"fault-{number}"
        own.mkdir()
        row(f"behind nginx: {fault.__name__.replace('_', ' ')}", fault(own), "0 failed, ≤ 1.5 s")


def warm(server: Server) -> tuple[bytes, dict[str, str]]:
    """Ask until both workers have the page, compressed as far as can be; return it."""
    for _ in range(3):
        for _ in range(20):
            server.fetch(Accept_Encoding="br")
        time.sleep(1)
    return server.fetch(Accept_Encoding="br")


def measure(folder: Path) -> None:
    """Start the three servers side by side and print their figures."""
    begin = time.perf_counter()
    with Guide(folder) as guide, in_front_of(guide.port, folder / "nginx") as front:
        alone = Server(guide.port, number(guide.process))
        body, headers = warm(alone)
        sent = {n: headers[n] for n in ("content-encoding", "content-security-policy", "vary")}
        with on_files(PAGE, body, sent, folder / "files") as files:
            rates(
                {
                    "files": Server(files.port, number(files.process)),
                    "alone": alone,
                    "behind nginx": Server(front.port, number(front.process)),
                }
            )
        burdens(alone)
    faults(folder)
    print(f"\nAll of it took {time.perf_counter() - begin:.0f} s.")


def number(process: subprocess.Popen[bytes] | None) -> int:
    """Return the process's number."""
    return process.pid if process else 0


def main() -> None:
    """Measure, and print the table."""
    packages = {"nginx": "nginx-light", "wrk": "wrk"}
    missing = [package for tool, package in packages.items() if not shutil.which(tool)]
    if missing:
        sys.exit(f"serving: missing; apt-get install {' '.join(missing)}")
    print(f"{PAGE}, {ROUNDS} alternating rounds of {SECONDS} s, medians\n")
    print("| figure | measured | at least |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        measure(folder)


if __name__ == "__main__":
    main()
