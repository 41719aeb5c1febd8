"""The mails of the past: the same outbox, gate and facts, but nothing is written to anybody; some bounce."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from reif.channels.email.compose import CHANNEL
from reif.channels.email.gate import gate
from reif.channels.email.journal import Answer
from reif.channels.email.outcome import Ledger
from reif.channels.email.readers import Post, posts_of
from reif.channels.email.smtp import Delivery, Stage
from reif.channels.email.wording import complete
from reif.log.append import writing
from reif.log.outbox import claim, waiting

UNKNOWN_READER = Answer(550, "5.1.1 user unknown")
SHARE = 0.012  # of the addresses do not exist
LEASE = timedelta(minutes=15)


class Postman:
    """Takes every mail that may go, and reports what a server would have answered."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def drain(self) -> bool:
        if not waiting(CHANNEL):
            return False
        effects = claim(CHANNEL, "history", 1000, LEASE)
        if not effects:
            return False
        ledger = Ledger()
        going, held = gate(complete(posts_of(effects)))
        ledger.hold(held)
        for post in going:
            self._deliver(post, ledger)
        with writing():
            ledger.write()
        return True

    def _deliver(self, post: Post, ledger: Ledger) -> None:
        if post.effect.person_id is not None and self.random.random() < SHARE:
            ledger.deliver(post, Delivery(post.effect.id, Stage.READER, UNKNOWN_READER))
        else:
            ledger.take(post)
