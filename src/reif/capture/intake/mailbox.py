"""The mailbox that enquiries come to: what its set-up page shows."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings


@dataclass(frozen=True)
class MailState:
    """on: an address is set. user, host, folder: from REIF_IMAP_URL, without the password."""

    on: bool = False
    user: str = ""
    host: str = ""
    folder: str = ""


def mail_state() -> MailState:
    """What the setting says."""
    parts = urlsplit(settings.IMAP_URL)
    if not parts.hostname:
        return MailState()
    return MailState(True, unquote(parts.username or ""), parts.hostname, unquote(parts.path.strip("/")) or "INBOX")
