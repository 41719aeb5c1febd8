"""After a death: find out from the journal which mails of a dead owner left, and put the rest back.

An answer in the journal is believed. Handed over without an answer: unknown. Not handed over: ready again, unless the
machine itself restarted, in which case the end of the journal may be lost and nothing is ready by itself.
"""

from __future__ import annotations

from pathlib import Path

import structlog

from reif.channels.email.compose import CHANNEL
from reif.channels.email.journal import Left, left_behind
from reif.channels.email.outcome import Ledger
from reif.channels.email.readers import posts_of
from reif.channels.email.smtp import Delivery, Stage
from reif.log.append import writing
from reif.log.outbox import claimed_by, leases_over

log = structlog.get_logger("reif.mail")


def recover(folder: Path) -> int:
    """Settle what dead processes of this machine held. Returns how many mails that were."""
    count = 0
    for left in left_behind(folder):
        count += _settle(left)
        left.path.unlink(missing_ok=True)
    return count


def recover_late() -> int:
    """Claims of other machines whose lease is over: their journal is out of reach, so each is unknown."""
    with writing():
        ledger = Ledger()
        late = leases_over(CHANNEL)
        for post in posts_of(late):
            ledger.unknown(post)
        ledger.write()
    if late:
        log.warning("lease_over", mails=len(late), owner=late[0].owner)
    return len(late)


def _settle(left: Left) -> int:
    with writing():
        ledger = Ledger()
        posts = posts_of(claimed_by(left.owner))
        for post in posts:
            number = post.effect.id
            if number in left.answers:
                ledger.deliver(post, Delivery(number, Stage.CONTENT, left.answers[number]))
            elif number in left.handed or not left.complete:
                ledger.unknown(post)
            else:
                ledger.release([post])
        ledger.write()
    if posts:
        log.warning("recovered", mails=len(posts), unknown=len(left.handed - left.answers.keys()))
    return len(posts)
