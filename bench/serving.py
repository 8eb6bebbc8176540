"""The server beside nginx: bin/bench serving [PATH]

nginx serves the very bytes of one finished page from a file (brotli_static, its own best case), our
server answers the page. Both run two workers on loopback, loaded by wrk in alternating rounds;
figures are medians. CPU is user and system time of all of a server's processes by request.
"""

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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
PAGE = sys.argv[1] if len(sys.argv) > 1 else "/zh-hant/carriers/cmhk/"
ROUNDS, SECONDS = int(os.environ.get("ROUNDS", "5")), 2
TICK = os.sysconf("SC_CLK_TCK")
SLOW_CLIENTS = 300


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


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
    """A running server."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    start: float  # seconds to its first answer

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.port}{PAGE}"

    def fetch(self, **headers: str):  # noqa: ANN201 (urllib's own)
        """Return the page's answer."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return urlopen(Request(self.url, headers=sent), timeout=10)  # noqa: S310


def started(name: str, port: int, command: list[str]) -> Server:
    """Start a server and wait for its first answer."""
    begin = time.perf_counter()
    log = subprocess.DEVNULL
    env = {**os.environ, "MALLOC_ARENA_MAX": "2"}  # as bin/serve
    process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=env)  # noqa: S603
    server = Server(name, port, process, 0)
    while True:
        try:
            server.fetch(Accept_Encoding="br").read()
        except OSError:
            time.sleep(0.02)
        else:
            server.start = time.perf_counter() - begin
            return server


def load(server: Server, connections: int, header: str = "X-A: b") -> dict[str, float]:
    """Load the server with wrk; return requests a second, p99 in ms, and CPU us a request."""
    before = cpu(server.process.pid)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency"]
    command += ["-H", "Accept-Encoding: br, gzip", "-H", header, server.url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    used = cpu(server.process.pid) - before
    count = int(re.search(r"(\d+) requests in", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    p99 = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return {"rate": rate, "p99": p99, "cpu": used / max(count, 1) * 1e6}


def nginx(folder: Path, body: bytes, etag: str) -> Server:
    """Start nginx on the page's own bytes."""
    file = folder / f"www{PAGE}index.html"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    Path(f"{file}.br").write_bytes(body)
    port = free_port()
    modules = "/etc/nginx/modules-enabled/*.conf"
    (folder / "conf").write_text(
        f"include {modules}; worker_processes 2; pid {folder}/pid; error_log {folder}/error;"
        "events { worker_connections 2048; } http { access_log off; sendfile on;"
        " open_file_cache max=100; keepalive_requests 1000000; default_type text/html;"
        f" server {{ listen 127.0.0.1:{port} backlog=1024; root {folder}/www; brotli_static on;"
        f" add_header X-Tag '{etag}'; }} }}"
    )
    return started("nginx", port, ["nginx", "-c", f"{folder}/conf", "-g", "daemon off;"])


def guide() -> Server:
    """Start the guide as bin/serve does."""
    port = free_port()
    return started("guide", port, [".venv/bin/gunicorn", f"--bind=127.0.0.1:{port}"])


def paired(servers: list[Server], connections: int, headers: dict[str, str]) -> dict[str, float]:
    """Return the guide's medians divided by nginx's, of alternating rounds."""
    rows: dict[str, list[dict[str, float]]] = {s.name: [] for s in servers}
    for number in range(ROUNDS):
        for server in servers if number % 2 else servers[::-1]:
            rows[server.name].append(load(server, connections, headers[server.name]))
    middle = {
        name: {k: statistics.median(row[k] for row in found) for k in found[0]}
        for name, found in rows.items()
    }
    ratio = {k: middle["guide"][k] / middle["nginx"][k] for k in middle["guide"]}
    return {**ratio, "guide rate": middle["guide"]["rate"], "guide p99": middle["guide"]["p99"]}


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


def beside_slow_clients(server: Server, act: Callable[..., None]) -> tuple[float, float]:
    """Return the rate beside clients that ``act`` slowly, by that without; and the p99 in ms."""
    alone = statistics.median(load(server, 4)["rate"] for _ in range(2))
    done = threading.Event()
    lines = [socket.socket() for _ in range(SLOW_CLIENTS)]
    for line in lines:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # bytes; so that it fills
        line.connect(("127.0.0.1", server.port))
    thread = threading.Thread(target=act, args=(lines, done))
    thread.start()
    rows = [load(server, 4) for _ in range(2)]
    done.set()
    thread.join()
    for line in lines:
        line.close()
    beside = statistics.median(r["rate"] for r in rows)
    return beside / alone, statistics.median(r["p99"] for r in rows)


def row(figure: str, value: str, least: str) -> None:
    """Print one row of the table."""
    print(f"| {figure} | {value} | {least} |")


def main() -> None:
    """Measure, and print the table."""
    missing = [tool for tool in ("nginx", "wrk") if not shutil.which(tool)]
    if missing:
        sys.exit(
            f"serving: missing {', '.join(missing)} (Debian: nginx wrk, nginx's brotli module)"
        )
    print(f"{PAGE}, {ROUNDS} alternating rounds of {SECONDS} s, medians\n")
    print("| figure | measured | at least |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        ours = guide()
        time.sleep(2)  # both workers have the page, and packed it as tightly as can be
        for _ in range(20):
            ours.fetch(Accept_Encoding="br").read()
        time.sleep(2)
        answer = ours.fetch(Accept_Encoding="br")
        tag = answer.headers["ETag"]
        theirs = nginx(folder, answer.read(), tag.strip('"'))
        servers = [theirs, ours]
        try:
            plain = {s.name: "X-A: b" for s in servers}
            for connections in (16, 64):
                found = paired(servers, connections, plain)
                row(
                    f"cached page, c={connections}: share of nginx's req/s",
                    f"{found['rate']:.2f} ({found['guide rate']:.0f}/s)",
                    "0.30",
                )
                row("… CPU a request against nginx", f"{found['cpu']:.1f}×", "≤ 5.5×")
                row(
                    "… p99 against nginx",
                    f"{found['p99']:.1f}× ({found['guide p99']:.1f} ms)",
                    "≤ 3×",
                )
            known = {
                "guide": f"If-None-Match: {tag}",
                "nginx": f"If-None-Match: {theirs.fetch(Accept_Encoding='br').headers['ETag']}",
            }
            found = paired(servers, 16, known)
            row("304, c=16: share of nginx's", f"{found['rate']:.2f}", "0.25")
            workers = children(ours.process.pid)
            row(
                "memory of the 2 workers, RSS (PSS)",
                f"{memory(workers, 'Rss'):.0f} ({memory(workers, 'Pss'):.0f}) MB",
                "≤ 180 MB",
            )
            for how, act in (("slow-header", send_slowly), ("slow-reading", read_slowly)):
                share, p99 = beside_slow_clients(ours, act)
                row(
                    f"{SLOW_CLIENTS} {how} clients: rate by that without",
                    f"{share:.2f} (p99 {p99:.1f} ms)",
                    "0.5",
                )
            row("start to first page", f"{ours.start:.1f} s", "≤ 3 s")
        finally:
            for server in servers:
                server.process.terminate()
                server.process.wait(60)


if __name__ == "__main__":
    main()
