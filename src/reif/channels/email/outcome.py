"""What the server's answers mean for a mail, and the one transaction that writes it down.

Says mail.sent, mail.bounced, mail.skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reif.channels.email.gate import Held
from reif.channels.email.readers import Post
from reif.channels.email.smtp import Delivery, Stage
from reif.channels.models import Message
from reif.crm.suppress import suppress
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.mail import MailBounced, MailSent, MailSkipped
from reif.log.fact import Fact
from reif.log.models import Effect
from reif.log.outbox import Outcome, report

GIVE_UP = timedelta(days=3)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


@dataclass
class Ledger:
    """What became of a batch, gathered until `write` puts it down."""

    outcomes: list[Outcome] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    bounced: list[int] = field(default_factory=list)
    dead: list[tuple[str, str]] = field(default_factory=list)

    def write(self) -> None:
        """Call it inside `writing()`."""
        moment = now()
        report(self.outcomes)
        Message.objects.filter(id__in=self.sent).update(sent_at=moment)
        Message.objects.filter(id__in=self.bounced).update(bounced_at=moment)
        suppress(self.dead, "hard_bounce")
        append(*self.facts)

    def hold(self, held: Iterable[Held]) -> None:
        """Mails that the gate kept back, for now or for good."""
        for one in held:
            if one.again_at:
                self.outcomes.append(Outcome(one.post.effect.id, Effect.READY, note=one.reason,
                                             again_at=one.again_at, tried=False))  # fmt: skip
            else:
                self._skip(one.post, one.reason)

    def fail(self, post: Post, note: str) -> None:
        """The mail cannot be written; trying again would not help."""
        self.outcomes.append(Outcome(post.effect.id, Effect.FAILED, note=note))
        self._say(MailSkipped, post, reason="bad_text")

    def deliver(self, post: Post, delivery: Delivery) -> None:
        code, words = delivery.answer.code, delivery.answer.words
        if delivery.taken:
            self._taken(post, str(code), words)
        elif code < 500 and not _given_up(post.effect):
            again = now() + pause(post.effect.attempts)
            self.outcomes.append(Outcome(post.effect.id, Effect.READY, str(code), words, again))
        else:
            self._bounce(post, delivery)

    def take(self, post: Post) -> None:
        """The built-in mailbox has it."""
        self._taken(post, "250", "mailbox")

    def unknown(self, post: Post) -> None:
        """The server may have it and never said so. A service or staff mail goes again under the same Message-ID,
        which mail programs recognise; marketing stays as it is and is shown."""
        if post.kind == "marketing":
            self.outcomes.append(Outcome(post.effect.id, Effect.UNKNOWN, note="no answer after the last dot"))
        else:
            self.outcomes.append(Outcome(post.effect.id, Effect.READY, note="resent: no answer", again_at=now()))

    def release(self, posts: Iterable[Post], again_at: datetime | None = None) -> None:
        """Nothing of these left the house."""
        for post in posts:
            self.outcomes.append(
                Outcome(post.effect.id, Effect.READY, post.effect.code, post.effect.note, again_at, tried=False)
            )

    def _taken(self, post: Post, code: str, words: str) -> None:
        self.outcomes.append(Outcome(post.effect.id, Effect.DONE, code, words))
        self.sent.append(post.effect.id)
        self._say(MailSent, post)

    def _skip(self, post: Post, reason: str) -> None:
        self.outcomes.append(Outcome(post.effect.id, Effect.SKIPPED, note=reason, tried=False))
        self._say(MailSkipped, post, reason=reason)

    def _bounce(self, post: Post, delivery: Delivery) -> None:
        hard = is_hard(delivery)
        code = str(delivery.answer.code)
        self.outcomes.append(Outcome(post.effect.id, Effect.FAILED, code, delivery.answer.words))
        self.bounced.append(post.effect.id)
        if hard:
            self.dead.append((post.address, code))
        self._say(MailBounced, post, hard=hard, code=code)

    def _say(self, kind: type[MailSent | MailSkipped | MailBounced], post: Post, **own: object) -> None:
        if post.effect.person_id is not None:
            self.facts.append(kind(person=post.effect.person_id, topic=post.mail, message=post.effect.id,
                                   cause=post.effect.cause_id, **own))  # type: ignore[arg-type]  # fmt: skip


def is_hard(delivery: Delivery) -> bool:
    """The address does not exist: a final refusal of the reader, of class 5.1 or 5.4 when a class is named (RFC 3463)."""
    answer = delivery.answer
    if answer.code < 500 or delivery.stage is not Stage.READER:
        return False
    if named := _ENHANCED.search(answer.words):
        return named[1] == "5" and named[2] == "1"
    return answer.code in (550, 551, 553)


def pause(attempts: int) -> timedelta:
    """1, 3, 9, 27, 81 minutes, then every four hours."""
    return min(FIRST_PAUSE * int(3 ** min(attempts, 6)), LONGEST_PAUSE)


def _given_up(effect: Effect) -> bool:
    return now() >= (effect.expires_at or effect.queued_at + GIVE_UP)
