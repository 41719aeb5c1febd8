"""Leads that other software brought, and what people wrote to us."""

from __future__ import annotations

from reif.log.fact import Fact


class LeadReceived(Fact, frozen=True, kw_only=True, tag="lead.received"):
    """topic: the connection's key. platform: meta, linkedin, google, json. call: its row in the log of calls.

    form, campaign: what the platform calls them. source, came, utm: the touch. created: this lead made the person.
    """

    call: int = 0
    platform: str = ""
    form: str = ""
    campaign: str = ""
    source: str = ""
    came: dict[str, str] = {}
    utm: dict[str, str] = {}
    created: bool = False


class EnquiryReceived(Fact, frozen=True, kw_only=True, tag="enquiry.received"):
    """Somebody wrote to the mailbox. topic: the mailbox. activity: where the words are; created: it made the person."""

    call: int = 0
    activity: int = 0
    source: str = ""
    came: dict[str, str] = {}
    forwarded: bool = False
    created: bool = False


class MailReplied(Fact, frozen=True, kw_only=True, tag="mail.replied"):
    """Somebody answered one of our mails. topic: the mail's key. message: its row; activity: where the words are."""

    message: int = 0
    activity: int = 0
