"""docs/deploy.md: what it says was run is run here; everything else must say that it was not."""

import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.faults.guide import filled

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(\*\*(?:Run by a test|Not tried)[^\n]*|[^\n]*not tried[^\n]*)\n\n((?:    [^\n]*\n)+)",
    re.IGNORECASE,
)
RUN = [
    line.strip()
    for how, block in BLOCK.findall(GUIDE)
    if how.startswith("**Run by a test")
    for line in block.splitlines()
]


def run(line: str, **own: str) -> subprocess.CompletedProcess[str]:
    """Run one line of the guide in the checkout."""
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": secrets.token_urlsafe(50), **own}
    command = ["/bin/bash", "-c", line]
    return subprocess.run(  # noqa: S603 (lines of our own document)
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_every_block_says_whether_it_was_run() -> None:
    blocks = re.findall(r"\n\n((?:    [^\n]*\n)+)", GUIDE)
    told = [block for _, block in BLOCK.findall(GUIDE)]
    prose = [block for block in blocks if block.lstrip().startswith("1. ")]
    assert [b for b in blocks if b not in told and b not in prose] == []
    assert len(RUN) == 8


def test_the_lines_that_are_said_to_be_run(tmp_path: Path) -> None:
    """Run them in their order, on a database, folder and copy of this test's own."""
    shutil.copyfile(filled(), tmp_path / "guide.sqlite3")
    places = {"var/backups": str(tmp_path / "backups"), "var/": f"{tmp_path}/"}
    own = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'guide.sqlite3'}",
        "SITE_URL": "https://guide.example",
        "ALLOWED_HOSTS": "guide.example",
    }
    for line in RUN:
        for place, mine in places.items():
            line = line.replace(place, mine)  # noqa: PLW2901 (the line, made ours)
        if "guide-TIME" in line:
            (copy,) = (tmp_path / "backups").glob("guide-*.sqlite3")
            line = line.replace(str(tmp_path / "backups" / "guide-TIME.sqlite3"), str(copy))  # noqa: PLW2901
        if "migrate" in line:
            own["DATABASE_URL"] = f"sqlite:///{tmp_path / 'new.sqlite3'}"
        ended = run(line, **own)
        assert ended.returncode == 0, (line, ended.stderr)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", sorted(p.name for p in (ROOT / "docs/deploy").glob("*.service")))
def test_the_service_files_are_understood(unit: str, tmp_path: Path) -> None:
    text = (ROOT / "docs/deploy" / unit).read_text(encoding="utf-8")
    # Programs and users of the server are not on this machine.
    text = re.sub(r"/srv/esimguide/current/bin/\w+", "/bin/true", text)
    (tmp_path / unit).write_text(re.sub(r"^(User|Group)=.*$", "", text, flags=re.MULTILINE))
    ended = run(f"systemd-analyze verify --man=no {tmp_path / unit}")
    about = [line for line in ended.stderr.splitlines() if unit in line]
    assert about == []


def test_messages_are_compiled_before_the_content_is_indexed() -> None:
    # The index holds words from the catalogues: device labels, for one.
    lines = (ROOT / "bin/bootstrap").read_text(encoding="utf-8").splitlines()
    compiled = next(n for n, line in enumerate(lines) if "pybabel" in line)
    indexed = next(n for n, line in enumerate(lines) if "load_content" in line)
    assert compiled < indexed


@pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx or openssl is missing"
)
def test_the_nginx_files_are_understood(tmp_path: Path) -> None:
    run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=guide.example"
        f" -keyout {tmp_path}/privkey.pem -out {tmp_path}/fullchain.pem"
    )
    places = {
        "/etc/letsencrypt/live/guide.example": str(tmp_path),
        "/etc/nginx/esimguide-tls.conf": f"{tmp_path}/nginx-tls.conf",
        "/var/cache/nginx/esimguide": f"{tmp_path}/cache",
        "/var/log/nginx/esimguide.log": f"{tmp_path}/log",
    }
    for name in ("nginx.conf", "nginx-tls.conf", "nginx-other.conf"):
        text = (ROOT / "docs/deploy" / name).read_text(encoding="utf-8")
        for place, mine in places.items():
            text = text.replace(place, mine)
        (tmp_path / name).write_text(text)
    (tmp_path / "all.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}"
        f" http {{ include {tmp_path}/nginx.conf; include {tmp_path}/nginx-other.conf; }}"
    )
    ended = run(f"nginx -t -c {tmp_path}/all.conf")
    assert ended.returncode == 0, ended.stderr
