"""nginx in front of the guide, by docs/deploy/nginx.conf itself, or on files alone."""

import shutil
import subprocess
from getpass import getuser
from pathlib import Path
from typing import Self

from bench.faults.guide import HOST, ROOT, Client, free_port, until

CONFIG = ROOT / "docs/deploy/nginx.conf"
TEMP = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
AROUND = """user {user}; worker_processes 2; daemon off;
pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{ {temp} default_type text/html; sendfile on; include {folder}/site.conf; }}
"""
FILES = """server {{ listen {host}:{port} backlog=1024; root {folder}/www; access_log off;
    open_file_cache max=100; keepalive_requests 1000000; {headers} }}
"""


class NginxMissingError(RuntimeError):
    """No nginx on this machine."""

    def __init__(self) -> None:
        super().__init__("nginx is missing: apt-get install nginx-light")


class Nginx(Client):
    """One nginx with two workers, for as long as the block lasts."""

    def __init__(self, folder: Path) -> None:
        """Take a new folder of its own."""
        if not shutil.which("nginx"):
            raise NginxMissingError
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        temp = " ".join(f"{name}_temp_path {folder}/{name};" for name in TEMP)
        (folder / "nginx.conf").write_text(AROUND.format(user=getuser(), folder=folder, temp=temp))

    def __enter__(self) -> Self:
        """Start it."""
        command = ["nginx", "-c", str(self.folder / "nginx.conf")]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until(lambda: self.get("/")[0] != 0, "nginx to answer", 10)
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def in_front_of(port: int, folder: Path) -> Nginx:
    """Return nginx as documented, in front of the guide at ``port``."""
    nginx = Nginx(folder)
    own = {
        "/etc/nginx/esimguide-tls.conf": str(folder / "listen.conf"),
        "/var/cache/nginx/esimguide": str(folder / "cache"),
        "/var/log/nginx/esimguide.log": str(folder / "error.log"),
        "127.0.0.1:8000": f"{HOST}:{port}",
    }
    text = CONFIG.read_text(encoding="utf-8")
    for documented, here in own.items():
        assert documented in text, documented
        text = text.replace(documented, here)
    (folder / "site.conf").write_text(text)
    (folder / "listen.conf").write_text(f"listen {HOST}:{nginx.port} backlog=1024;")
    return nginx


def on_files(path: str, body: bytes, headers: dict[str, str], folder: Path) -> Nginx:
    """Return nginx that answers ``path`` with these bytes from a file."""
    nginx = Nginx(folder)
    file = folder / f"www{path}index.html"
    file.parent.mkdir(parents=True)
    file.write_bytes(body)
    added = " ".join(f"add_header {name} {value!r};" for name, value in headers.items())
    (folder / "site.conf").write_text(
        FILES.format(host=HOST, port=nginx.port, folder=folder, headers=added)
    )
    return nginx
