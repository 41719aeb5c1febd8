"""Drain the outbox's mails: claim, look once more, write, hand over, report.

A claim is committed before the first byte leaves; the journal holds what the database does not know yet. So the death
of this process loses no mail, and at most the one mail whose answer was on its way is in doubt.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

import structlog
from django.conf import settings

from reif.channels.email.address import relay_of
from reif.channels.email.compose import CHANNEL
from reif.channels.email.gate import gate
from reif.channels.email.journal import Journal
from reif.channels.email.liquid import BadText
from reif.channels.email.mailbox import capture
from reif.channels.email.outcome import Ledger
from reif.channels.email.readers import Post, posts_of
from reif.channels.email.recover import recover, recover_late
from reif.channels.email.smtp import Envelope, send
from reif.channels.email.wire import Unreachable, Wire
from reif.channels.email.wording import complete
from reif.channels.email.write import Written, write
from reif.log.append import writing
from reif.log.outbox import claim, waiting
from reif.log.waking import again_in

BATCH = 500
LEASE = timedelta(minutes=15)
WORK = 5 * 60.0  # seconds after which a batch is cut, well within the lease
REST = 20.0  # seconds after which a quiet connection is tried before it is used
LOOK = 60.0  # seconds between looks for leases that ran out
log = structlog.get_logger("reif.mail")


class Sender:
    """The mail channel of this process: its journal, its connection, and its patience with a server that is away."""

    def __init__(self, url: str) -> None:
        self.url, self.pid, self.home = url, os.getpid(), settings.REIF_HOME
        self.folder = self.home / "journal"
        recover(self.folder)
        self.journal = Journal(self.folder)
        self._wire: Wire | None = None
        self._used = self._looked = self._patience = 0.0
        self._failures = 0

    def drain(self) -> bool:
        """One batch. True when there may be more."""
        self._look_for_late()
        if (left := self._patience - time.monotonic()) > 0:
            again_in(left)
            return False
        if not waiting(CHANNEL):
            return False
        if not self.url:
            return self._round(None)
        try:
            wire = self._connected()
        except Unreachable as error:
            return self._wait(error)
        return self._round(wire)

    def close(self) -> None:
        if self._wire:
            self._wire.quit()
        self.journal.close()

    def abandon(self) -> None:
        self._drop()
        self.journal.abandon()

    def _round(self, wire: Wire | None) -> bool:
        effects = claim(CHANNEL, self.journal.owner, BATCH, LEASE)
        if not effects:
            return False
        ledger = Ledger()
        posts, held = gate(complete(posts_of(effects)))
        ledger.hold(held)
        if wire is None:
            self._capture(posts, ledger)
            return True
        trouble = self._send(wire, posts, ledger)
        with writing():
            ledger.write()
        self.journal.clear()
        return self._wait(trouble) if trouble else self._served()

    def _capture(self, posts: Sequence[Post], ledger: Ledger) -> None:
        written = list(_written(posts, ledger))
        for one in written:
            ledger.take(one.post)
        with writing():
            capture(written)
            ledger.write()

    def _send(self, wire: Wire, posts: Sequence[Post], ledger: Ledger) -> Unreachable | None:
        """Fill the ledger for each post. Returns what went wrong with the connection, if anything did."""
        open_posts = {p.effect.id: p for p in posts}
        trouble = None
        try:
            for delivery in send(wire, self.journal, self._envelopes(posts, ledger, open_posts)):
                ledger.deliver(open_posts.pop(delivery.effect), delivery)
        except Unreachable as error:
            trouble = error
            self._drop()
        for number in self.journal.handed & open_posts.keys():
            ledger.unknown(open_posts.pop(number))
        ledger.release(open_posts.values())
        self._used = time.monotonic()
        return trouble

    def _envelopes(self, posts: Sequence[Post], ledger: Ledger, left: dict[int, Post]) -> Iterator[Envelope]:
        end = time.monotonic() + WORK
        for one in _written(posts, ledger, left):
            if time.monotonic() > end:
                return
            yield one.envelope()

    def _connected(self) -> Wire:
        if self._wire and time.monotonic() - self._used > REST and not self._wire.alive():
            self._drop()
        if self._wire is None:
            self._wire = Wire(relay_of(self.url))
        return self._wire

    def _served(self) -> bool:
        self._failures = 0
        return True

    def _wait(self, error: Unreachable) -> bool:
        """The server is away: 1, 2, 4… seconds, at most a minute, then try again. The mails wait unharmed."""
        self._failures += 1
        self._patience = time.monotonic() + min(2.0 ** (self._failures - 1), 60)
        log.warning("mail_server_away", error=str(error)[:300], tries=self._failures)
        return False

    def _drop(self) -> None:
        if self._wire:
            self._wire.close()
        self._wire = None

    def _look_for_late(self) -> None:
        if time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            recover(self.folder)
            recover_late()


def _written(posts: Sequence[Post], ledger: Ledger, left: dict[int, Post] | None = None) -> Iterator[Written]:
    for post in posts:
        try:
            yield write(post)
        except BadText as error:
            ledger.fail(post, str(error))
            if left is not None:
                left.pop(post.effect.id)


_sender: Sender | None = None


def drain() -> bool:
    """What the worker calls. A sender that could not report is given up: the next one recovers from its journal."""
    global _sender
    _sender = _current(_sender)
    try:
        return _sender.drain()
    except BaseException:
        _sender.abandon()
        _sender = None
        raise


def _current(sender: Sender | None) -> Sender:
    """The same as before, unless EMAIL_URL, the home or the process is another."""
    if sender and sender.pid != os.getpid():
        return Sender(settings.EMAIL_URL)
    if sender and (sender.url, sender.home) != (settings.EMAIL_URL, settings.REIF_HOME):
        sender.close()
        return Sender(settings.EMAIL_URL)
    return sender or Sender(settings.EMAIL_URL)
