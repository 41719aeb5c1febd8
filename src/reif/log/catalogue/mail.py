"""What became of a mail. Names follow the providers' own: sent, delivered, bounced, opened, clicked."""

from __future__ import annotations

from reif.log.fact import Fact


class MailQueued(Fact, frozen=True, kw_only=True, tag="mail.queued"):
    """topic: the mail's key. message: its row in the outbox."""

    message: int = 0


class MailSent(Fact, frozen=True, kw_only=True, tag="mail.sent"):
    """topic: the mail's key. The next server took it."""

    message: int = 0


class MailSkipped(Fact, frozen=True, kw_only=True, tag="mail.skipped"):
    """topic: the mail's key. reason: no_permission, suppressed, too_many, expired, no_address."""

    message: int = 0
    reason: str = ""


class MailBounced(Fact, frozen=True, kw_only=True, tag="mail.bounced"):
    """topic: the mail's key. hard: the address does not exist."""

    message: int = 0
    hard: bool = False
    code: str = ""


class MailOpened(Fact, frozen=True, kw_only=True, tag="mail.opened"):
    """topic: the mail's key. machine: a proxy or scanner did it; earns nothing. why: what told it."""

    message: int = 0
    machine: bool = False
    why: str = ""


class MailClicked(Fact, frozen=True, kw_only=True, tag="mail.clicked"):
    """topic: the mail's key. link: the target."""

    message: int = 0
    link: str = ""
    machine: bool = False
    why: str = ""


class MailUnsubscribed(Fact, frozen=True, kw_only=True, tag="mail.unsubscribed"):
    """topic: the mail's key. one_click: by the mail program's button (RFC 8058)."""

    message: int = 0
    one_click: bool = False
