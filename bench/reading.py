"""What Lighthouse says of each kind of page: bin/bench reading

Needs Lighthouse on the PATH (npm install --global lighthouse; LIGHTHOUSE names another place) and
Chromium. "Slow 4G" is its own mobile preset, "roaming" 400 ms and 400 kbit/s; both are simulated.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
CHROMIUM = shutil.which("chromium")
PAGES = (  # one of each kind, the heaviest where one stands out
    "/zh-hant/",
    "/zh-hans/first-ten-minutes/",
    "/zh-hant/answer/?carrier=cmhk&place=mainland&situation=lost-phone",
    "/zh-hans/carriers/",
    "/zh-hant/carriers/cmhk/",
    "/zh-hant/carriers/cmhk/ask/",
    "/zh-hans/carriers/cmhk/prepaid-card-lost/checklist/",
    "/zh-hant/compare/?carrier=3hk&carrier=cmhk",
    "/zh-hant/codes/",
    "/zh-hans/codes/hsbc/",
    "/zh-hant/devices/",
    "/zh-hans/topics/staying-safe/",
    "/zh-hant/questions/loss/",
    "/zh-hans/glossary/",
    "/zh-hant/documents/",
    "/zh-hant/search/?q=esim",
    "/zh-hans/changes/",
    "/zh-hans/ask/",
    "/zh-hant/report/fact/cmhk-loss-line/",
    "/zh-hans/privacy/",
)
ROAMING = ("--throttling.rttMs=400", "--throttling.throughputKbps=400")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")

if not (LIGHTHOUSE and CHROMIUM):
    sys.exit("reading: missing lighthouse (npm) or chromium (Debian)")


def report(url: str, *options: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={file.name}"]
        command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu", *options]
        env = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
        subprocess.run(command, env=env, capture_output=True, check=True)  # noqa: S603
        return json.loads(Path(file.name).read_text("utf-8"))


def seconds(found: dict[str, Any], paint: str) -> float:
    """Return when the "first" or "largest" contentful paint came."""
    return found["audits"][f"{paint}-contentful-paint"]["numericValue"] / 1000


def row(page: str, plain: dict[str, Any], roaming: dict[str, Any]) -> str:
    """Return one page's row of the table."""
    scores = (plain["categories"][c]["score"] for c in CATEGORIES)
    audits = plain["audits"]
    items = audits["network-requests"]["details"]["items"]
    cells = (
        page,
        " / ".join("?" if score is None else f"{score * 100:.0f}" for score in scores),
        f"{seconds(plain, 'first'):.2f} / {seconds(plain, 'largest'):.2f}",
        f"{audits['cumulative-layout-shift']['numericValue']:.3f}",
        f"{seconds(roaming, 'largest'):.2f}",
        f"{sum(item['transferSize'] for item in items) / 1000:.1f}",
        str(len(items)),
    )
    return f"| {' | '.join(cells)} |"


def warm(address: str) -> None:
    """Let both workers finish every page, and pack it as tightly as can be."""
    for page in PAGES * 10:
        urlopen(address + page).read()  # noqa: S310
    time.sleep(4)


def main() -> None:
    """Serve the guide, and print one row a page."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # Its own address, so that canonical links name the server that is measured.
    env = {**os.environ, "SITE_URL": address}
    command = [".venv/bin/gunicorn", f"--bind=127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)  # noqa: S603
    time.sleep(5)
    warm(address)
    print("| page | scores | slow 4G FCP / LCP s | CLS | roaming LCP s | KB | requests |")
    print("|---|---|---|---|---|---|---|")
    try:
        for page in PAGES:
            print(row(page, report(address + page), report(address + page, *ROAMING)))
    finally:
        server.terminate()
        server.wait(60)


main()
