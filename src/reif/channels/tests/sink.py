"""A small real SMTP server for tests: it speaks over sockets, in a thread, and remembers every mail it took."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reif.channels.email.address import Relay


@dataclass
class Sink:
    """refusals: local part of the reader to answer of RCPT; after_dot: to answer after the mail; slow: seconds each."""

    port: int = 0
    pipelining: bool = True
    slow: float = 0.0
    greeting: str = "220 sink"
    sender_answer: str = "250 ok"
    hang_up_after: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    after_dot: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    talks: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?timeout=10"

    @property
    def readers(self) -> list[str]:
        return [reader for reader, _ in self.taken]

    def relay(self) -> Relay:
        return Relay("127.0.0.1", self.port, timeout=10)


class _Talk(socketserver.StreamRequestHandler):
    sink: Sink

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def handle(self) -> None:
        sink = self.sink
        sink.talks += 1
        self.say(sink.greeting)
        reader, took = "", 0
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"EHLO":
                self.say(
                    "250-sink\r\n250-PIPELINING\r\n250 8BITMIME" if sink.pipelining else "250-sink\r\n250 8BITMIME"
                )
            elif verb == b"MAIL":
                reader = ""
                self.say(sink.sender_answer)
            elif verb == b"RCPT":
                address = line.split(b"<")[1].split(b">")[0].decode()
                answer = sink.refusals.get(address.split("@")[0], "250 ok")
                reader = address if answer.startswith("250") else ""
                self.say(answer)
            elif verb == b"DATA":
                if not reader:
                    self.say("503 no reader")
                    continue
                self.say("354 go on")
                body = self.content()
                if body is None:
                    return
                answer = sink.after_dot.get(reader.split("@")[0], "250 2.0.0 ok: taken")
                if answer.startswith("250"):
                    sink.taken.append((reader, body))
                    took += 1
                if sink.hang_up_after and took >= sink.hang_up_after:
                    return
                self.say(answer)
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, answer: str) -> None:
        if self.sink.slow:
            time.sleep(self.sink.slow)
        self.wfile.write(answer.encode() + b"\r\n")

    def content(self) -> bytes | None:
        """Up to the last dot; None when the sender hung up before it."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                return None
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed hangs up in the middle; that is what these tests are about."""


@contextmanager
def a_sink(**fields: object) -> Iterator[Sink]:
    """A server on a free port (or on `port`)."""
    sink = Sink(**fields)  # type: ignore[arg-type]
    with _Server(("127.0.0.1", sink.port), type("Talk", (_Talk,), {"sink": sink})) as server:
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield sink
        server.shutdown()
