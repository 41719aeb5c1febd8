"""Print the playbook's mails into versions that never change, once for each wording.

Hears playbook.applied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from reif.channels.email.limits import mails
from reif.channels.email.press import Printed, press
from reif.channels.mails import LANGUAGES, Mail, Mails
from reif.channels.models import MailContent
from reif.kit.clock import now
from reif.log.catalogue.playbook import PlaybookApplied
from reif.log.event import Event


def compile_mails(events: list[Event[PlaybookApplied]]) -> None:
    """Print what is in force now; the last event of the batch is the newest revision."""
    print_all(mails(), events[-1].fact.revision)


def print_all(texts: Mails, revision: int) -> list[MailContent]:
    """A row for each mail and language. A wording that is known keeps its row and becomes the newest again."""
    rows = [_row(mail, language, texts, revision) for mail in texts.mail for language in LANGUAGES]
    MailContent.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key", "language", "hash"],
        update_fields=["revision"],
        batch_size=200,
    )
    return rows


def _row(mail: Mail, language: str, texts: Mails, revision: int) -> MailContent:
    printed = press(mail, texts.sender, language)
    return MailContent(
        key=mail.key, language=language, hash=_hash(mail.kind, printed), kind=mail.kind,
        subject=printed.subject, preheader=printed.preheader, html=printed.html, text=printed.text,
        links=printed.links, revision=revision, created_at=now(),
    )  # fmt: skip


def _hash(kind: str, printed: Printed) -> str:
    parts: Iterable[str] = (kind, printed.subject, printed.preheader, printed.html, printed.text, *printed.links)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
