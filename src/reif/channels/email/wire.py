"""A connection to a mail server: greeting, TLS, sign-in, and reading of answers (RFC 5321, 3207, 4954)."""

from __future__ import annotations

import base64
import socket
import ssl
from contextlib import suppress

from reif.channels.email.address import Relay
from reif.channels.email.journal import Answer


class Unreachable(ConnectionError):
    """The server is away, or will not talk to us now. Mails wait; nothing about them is wrong."""


class Wire:
    """Lines out, answers in. Any failure is Unreachable."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.offers: dict[str, str] = {}
        try:
            self._socket = socket.create_connection((relay.host, relay.port), timeout=min(15, relay.timeout))
            self._socket.settimeout(relay.timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            raise Unreachable(f"{relay.host}:{relay.port} {error}") from error
        self._buffer = b""
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def write(self, raw: bytes) -> None:
        try:
            self._socket.sendall(raw)
        except OSError as error:
            raise Unreachable(str(error)) from error

    def read(self) -> Answer:
        """One answer, of one line or several."""
        words = []
        while True:
            line = self._line()
            code, more = line[:3], line[3:4]
            if not code.isdigit():
                raise Unreachable(f"not SMTP: {line[:60]!r}")
            words.append(line[4:].decode("utf-8", "replace").strip())
            if more != b"-":
                return Answer(int(code), "\n".join(words))

    def ask(self, line: str) -> Answer:
        self.write(f"{line}\r\n".encode())
        return self.read()

    def alive(self) -> bool:
        """Does the server still listen? Asked before a connection that has rested is used again."""
        with suppress(Unreachable):
            return self.ask("RSET").code == 250
        return False

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()

    def quit(self) -> None:
        with suppress(Unreachable):
            self.write(b"QUIT\r\n")
        self.close()

    def _begin(self) -> None:
        if self.relay.tls == "implicit":
            self._encrypt()
        self._expect(self.read(), 220)
        self._hello()
        if self.relay.tls == "starttls":
            if "STARTTLS" not in self.offers:
                raise Unreachable("the server offers no STARTTLS, and EMAIL_URL asks for it")
            self._expect(self.ask("STARTTLS"), 220)
            self._buffer = b""  # nothing that came before the handshake may be believed
            self._encrypt()
            self._hello()
        if self.relay.user:
            self._sign_in()

    def _hello(self) -> None:
        name = socket.gethostname() or "localhost"
        answer = self.ask(f"EHLO {name}")
        if answer.code != 250:
            self._expect(self.ask(f"HELO {name}"), 250)
            self.offers = {}
            return
        lines = answer.words.split("\n")[1:]
        self.offers = {word.upper(): rest for word, _, rest in (line.partition(" ") for line in lines)}

    def _encrypt(self) -> None:
        context = ssl.create_default_context()
        if not self.relay.verify:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            self._socket = context.wrap_socket(self._socket, server_hostname=self.relay.host)
        except OSError as error:
            raise Unreachable(f"TLS with {self.relay.host}: {error}") from error

    def _sign_in(self) -> None:
        user, password = self.relay.user, self.relay.password
        if "LOGIN" in self.offers.get("AUTH", "").split() and "PLAIN" not in self.offers["AUTH"].split():
            self._expect(self.ask("AUTH LOGIN"), 334)
            self._expect(self.ask(_b64(user)), 334)
            self._expect(self.ask(_b64(password)), 235)
        else:
            self._expect(self.ask("AUTH PLAIN " + _b64(f"\0{user}\0{password}")), 235)

    def _expect(self, answer: Answer, code: int) -> None:
        if answer.code != code:
            raise Unreachable(f"{self.relay.host} said {answer.code} {answer.words.splitlines()[0][:200]}")

    def _line(self) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > 65536:
                raise Unreachable("a line without end")
            try:
                more = self._socket.recv(65536)
            except OSError as error:
                raise Unreachable(str(error)) from error
            if not more:
                raise Unreachable("the server closed the connection")
            self._buffer += more
        line, self._buffer = self._buffer.split(b"\n", 1)
        return line.rstrip(b"\r")


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
