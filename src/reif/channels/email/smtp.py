"""Hand mails to a server over one connection, one round trip each where it takes commands in a row (RFC 2920)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from reif.channels.email.journal import Answer, Journal
from reif.channels.email.wire import Unreachable, Wire


class Stage(Enum):
    """Where in the conversation an answer came."""

    SENDER = "MAIL"
    READER = "RCPT"
    CONTENT = "DATA"


@dataclass(frozen=True)
class Envelope:
    """A finished mail. raw: CRLF lines, dots not yet doubled."""

    effect: int
    sender: str
    reader: str
    raw: bytes


@dataclass(frozen=True)
class Delivery:
    """The server's word on one mail."""

    effect: int
    stage: Stage
    answer: Answer

    @property
    def taken(self) -> bool:
        return self.stage is Stage.CONTENT and 200 <= self.answer.code < 300


def send(wire: Wire, journal: Journal, envelopes: Iterable[Envelope]) -> Iterator[Delivery]:
    """Yields one delivery for each envelope, in order. Unreachable: the rest, and what the journal holds, is open.

    The next envelope is asked for while the server works on this one, so that texts are filled in its time.
    """
    coming = iter(envelopes)
    one = next(coming, None)
    in_a_row = "PIPELINING" in wire.offers
    if one and in_a_row:
        wire.write(_commands(one))
    while one:
        following = next(coming, None)
        ahead = _commands(following) if following and in_a_row else b""
        delivery = _in_a_row(wire, journal, one, ahead) if in_a_row else _step_by_step(wire, journal, one)
        if _closes(delivery) or _refuses_us(delivery):
            raise Unreachable(f"{delivery.answer.code} {delivery.answer.words[:200]}")
        yield delivery
        if delivery.answer.code == 421:
            raise Unreachable(f"421 {delivery.answer.words[:200]}")
        one = following


def _closes(delivery: Delivery) -> bool:
    return delivery.answer.code == 421 and delivery.stage is not Stage.CONTENT


def _refuses_us(delivery: Delivery) -> bool:
    """The sender is refused for good: that is about this house, not about any reader."""
    return delivery.stage is Stage.SENDER and delivery.answer.code >= 500


def _commands(envelope: Envelope) -> bytes:
    return f"MAIL FROM:<{envelope.sender}>\r\nRCPT TO:<{envelope.reader}>\r\nDATA\r\n".encode()


def _in_a_row(wire: Wire, journal: Journal, one: Envelope, ahead: bytes) -> Delivery:
    """The commands are on their way already; `ahead` are those of the next mail."""
    mail, rcpt, data = wire.read(), wire.read(), wire.read()
    refusal = _refusal(one, mail, rcpt, data)
    if refusal is None:
        return _content(wire, journal, one, ahead)
    if data.code == 354:  # it wants a mail although nobody takes it: an empty one, which goes nowhere (RFC 2920, 3.1)
        wire.write(b".\r\n" + ahead)
    else:
        wire.write(b"RSET\r\n" + ahead)
    wire.read()
    return refusal


def _step_by_step(wire: Wire, journal: Journal, one: Envelope) -> Delivery:
    mail = wire.ask(f"MAIL FROM:<{one.sender}>")
    rcpt = wire.ask(f"RCPT TO:<{one.reader}>") if _ok(mail) else mail
    data = wire.ask("DATA") if _ok(mail) and _ok(rcpt) else rcpt
    refusal = _refusal(one, mail, rcpt, data)
    if refusal is None:
        return _content(wire, journal, one, b"")
    if refusal.answer.code != 421:
        wire.ask("RSET")
    return refusal


def _refusal(one: Envelope, mail: Answer, rcpt: Answer, data: Answer) -> Delivery | None:
    if not _ok(mail):
        return Delivery(one.effect, Stage.SENDER, mail)
    if not _ok(rcpt):
        return Delivery(one.effect, Stage.READER, rcpt)
    return None if data.code == 354 else Delivery(one.effect, Stage.CONTENT, data)


def _content(wire: Wire, journal: Journal, one: Envelope, ahead: bytes) -> Delivery:
    body = one.raw.replace(b"\r\n.", b"\r\n..")
    journal.hand_over(one.effect)
    wire.write(body + b".\r\n" + ahead)
    answer = wire.read()
    journal.answered(one.effect, answer)
    return Delivery(one.effect, Stage.CONTENT, answer)


def _ok(answer: Answer) -> bool:
    return 200 <= answer.code < 300
