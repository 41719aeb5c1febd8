"""The mails of the past: the same outbox, gate and facts, but nothing leaves the house; some bounce. Those of the last
fortnight can be read in the mailbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from reif.channels.email.compose import CHANNEL
from reif.channels.email.gate import gate
from reif.channels.email.journal import Answer
from reif.channels.email.mailbox import capture
from reif.channels.email.outcome import Ledger
from reif.channels.email.readers import Post, posts_of
from reif.channels.email.smtp import Delivery, Stage
from reif.channels.email.wording import complete
from reif.channels.email.write import write
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.outbox import claim, waiting

UNKNOWN_READER = Answer(550, "5.1.1 user unknown")
SHARE = 0.012  # of the addresses do not exist
LEASE = timedelta(minutes=15)
KEPT = timedelta(days=14)


class Postman:
    """Takes every mail that may go, and reports what a server would have answered."""

    def __init__(self, random: Random, end: datetime) -> None:
        self.random, self.kept_from = random, end - KEPT

    def drain(self) -> bool:
        if not waiting(CHANNEL):
            return False
        effects = claim(CHANNEL, "history", 1000, LEASE)
        if not effects:
            return False
        ledger = Ledger()
        going, held = gate(complete(posts_of(effects)))
        ledger.hold(held)
        arrived = [post for post in going if self._deliver(post, ledger)]
        with writing():
            ledger.write()
            if now() >= self.kept_from:
                capture(write(post) for post in arrived)
        return True

    def _deliver(self, post: Post, ledger: Ledger) -> bool:
        if post.effect.person_id is not None and self.random.random() < SHARE:
            ledger.deliver(post, Delivery(post.effect.id, Stage.READER, UNKNOWN_READER))
            return False
        ledger.take(post)
        return True
