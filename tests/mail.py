"""A mail server on this machine, as small as a test needs."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Session(socketserver.StreamRequestHandler):
    """One connection: every command is taken, but for one address."""

    server: "MailServer"

    def handle(self) -> None:
        """Answer line by line until the other side is done."""
        self.say("220 ready")
        for line in self.rfile:
            command, _, rest = line.decode().strip().partition(" ")
            getattr(self, f"do_{command.lower()}", self.do_anything)(rest)

    def say(self, line: str) -> None:
        """Send one line."""
        self.wfile.write(f"{line}\r\n".encode())

    def do_anything(self, _rest: str) -> None:
        """Take the command."""
        self.say("250 ok")

    def do_rcpt(self, rest: str) -> None:
        """Take the address, or refuse it for good."""
        address = rest.partition("<")[2].partition(">")[0]
        is_taken = address != self.server.refuses
        self.server.got += [address] * is_taken
        self.say("250 ok" if is_taken else "550 nobody here")

    def do_data(self, _rest: str) -> None:
        """Take the message."""
        self.say("354 go on")
        while self.rfile.readline().strip() != b".":
            pass
        self.say("250 taken")


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail for everybody but ``refuses``; ``got`` has, as they come, for whom."""

    def __init__(self, refuses: str) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.refuses = refuses
        self.got: list[str] = []


@contextmanager
def mail_server(*, refuses: str) -> Iterator[MailServer]:
    """Run a mail server for as long as the block lasts."""
    with MailServer(refuses) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
