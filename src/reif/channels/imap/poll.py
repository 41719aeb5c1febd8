"""Look for new mails and hand each to whoever wants mails, once.

The position (UIDVALIDITY and UID) is written in the transaction that took a mail, so a crash repeats nothing and loses
nothing. Flags are not relied on: somebody may read the mailbox too. When the server counts anew, everything is offered again,
and who takes mails knows those that it has by their Message-ID.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import structlog
from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from reif.channels.imap.place import BadUrl, Place, place_of
from reif.channels.models import MailPlace
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.waking import again_in

CHANNEL = "imap"
MOST_BYTES = 2 * 1024 * 1024
BATCH = 20
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
log = structlog.get_logger("reif.imap")


@dataclass(frozen=True)
class Incoming:
    """A mail as it lies there. raw: its first two megabytes; size: all of it; box: the address that it was sent to."""

    raw: bytes
    size: int
    box: str


Receiver = Callable[[Incoming], None]
RECEIVERS: list[Receiver] = []


def receive_mails(verb: Receiver) -> None:
    """Register who takes mails. Called inside `writing()`; what it cannot read it notes and does not raise."""
    if verb not in RECEIVERS:
        RECEIVERS.append(verb)


Hold = Callable[[str], bool]
HOLDS: list[Hold] = []


def hold_mails(when: Hold) -> None:
    """Register who may say that the mails of a box stay where they are for now."""
    if when not in HOLDS:
        HOLDS.append(when)


class Poller:
    """One connection to one mailbox, and patience with it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.next_look = 0.0
        self._box: BaseMailBox | None = None
        self._failures = 0

    def drain(self) -> bool:
        """One look. True when there may be more."""
        if time.monotonic() < self.next_look:
            return False
        if any(held(self.place.user) for held in HOLDS):
            self.next_look = time.monotonic() + self.place.every
            return False
        try:
            more = self._look(self._connected())
            self._failures = 0
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
            return self._wait(error)
        if not more:
            self.next_look = time.monotonic() + self.place.every
        return more

    def close(self) -> None:
        if self._box is not None:
            with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
                self._box.logout()
            self._box = None

    def _connected(self) -> BaseMailBox:
        if self._box is None:
            place = self.place
            made: BaseMailBox
            if place.tls:
                made = MailBox(place.host, place.port, timeout=30, ssl_context=ssl.create_default_context())
            else:
                made = MailBoxUnencrypted(place.host, place.port, timeout=30)
            self._box = made  # before it signs in, so that a refusal closes it
            made.login(place.user, place.password, initial_folder=None)
        return self._box

    def _look(self, box: BaseMailBox) -> bool:
        box.folder.set(self.place.folder)  # each time: what a server says of a folder that is open may be old
        validity, following = _number(box, "UIDVALIDITY"), _number(box, "UIDNEXT")
        row = self._position(validity, following)
        if row.uid + 1 >= following:
            return False
        found = sorted(int(uid) for uid in box.uids(f"UID {row.uid + 1}:*") if int(uid) > row.uid)
        for uid in found[:BATCH]:
            self._take(box, uid, validity)
        return len(found) > BATCH

    def _position(self, validity: int, following: int) -> MailPlace:
        """Where we are; at the very first look that is the end, unless the setting says to begin at the beginning."""
        first = 0 if self.place.everything else following - 1
        row, new = MailPlace.objects.get_or_create(
            name=self.place.name, defaults={"validity": validity, "uid": first, "looked_at": now()}
        )  # fmt: skip
        if not new and row.validity != validity:
            row.validity, row.uid = validity, 0
            row.save(update_fields=["validity", "uid"])
        return row

    def _take(self, box: BaseMailBox, uid: int, validity: int) -> None:
        one = _fetched(box, uid, self.place.user)
        with writing():
            row = MailPlace.objects.select_for_update().get(name=self.place.name)
            if row.validity == validity and row.uid < uid:
                if one is not None:
                    for receiver in RECEIVERS:
                        receiver(one)
                row.uid, row.looked_at = uid, now()
                row.save(update_fields=["uid", "looked_at"])
        if self.place.move and one is not None:
            box.move(str(uid), self.place.move)

    def _wait(self, error: Exception) -> bool:
        self._failures += 1
        pause = min(10 * 2**self._failures, 900)
        log.warning("mailbox_away", mailbox=self.place.name, error=str(error)[:200], again_in=pause)
        self.close()
        self.next_look = time.monotonic() + pause
        return False


def _number(box: BaseMailBox, name: str) -> int:
    """What the server said when the folder was opened."""
    told = box.client.response(name)[1]
    if not told or not told[0]:
        raise ImapToolsError(f"the server did not tell {name}")
    return int(told[0])


def _fetched(box: BaseMailBox, uid: int, user: str) -> Incoming | None:
    """The beginning of a mail, without marking it as read; None when it is gone meanwhile."""
    _typ, answer = box.client.uid("fetch", str(uid), f"(RFC822.SIZE BODY.PEEK[]<0.{MOST_BYTES}>)")
    parts = [part for part in answer or [] if isinstance(part, tuple)]
    if not parts:
        return None
    size = _SIZE.search(parts[0][0])
    return Incoming(bytes(parts[0][1]), int(size[1]) if size else len(parts[0][1]), user)


_pollers: dict[str, Poller] = {}


def drain() -> bool:
    """Look into the mailbox of the settings, when it is time to."""
    if not settings.IMAP_URL:
        return False
    if settings.IMAP_URL not in _pollers:
        try:
            place = place_of(settings.IMAP_URL)
        except (BadUrl, ValueError) as error:
            log.error("bad_setting", error=str(error))
            place = None
        if place is None:
            return False
        _pollers[settings.IMAP_URL] = Poller(place)
    poller = _pollers[settings.IMAP_URL]
    more = poller.drain()
    again_in(poller.next_look - time.monotonic())
    return more
