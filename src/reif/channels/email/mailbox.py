"""The built-in mailbox: without EMAIL_URL nothing leaves the house, and what would have left can be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reif.channels.email.write import Written
from reif.channels.models import Captured
from reif.kit.clock import now
from reif.kit.fold import fold


def capture(mails: Iterable[Written]) -> None:
    """Keep finished mails. Call it in the transaction that reports them sent, so each is kept once."""
    moment = now()
    rows = [_row(mail, moment) for mail in mails]
    Captured.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)


def _row(mail: Written, moment: datetime) -> Captured:
    post, sheet = mail.post, mail.sheet
    return Captured(
        effect_id=post.effect.id, person_id=post.effect.person_id, user_id=post.effect.body.get("user"),
        mail=post.mail, kind=post.kind, recipient=sheet.to_address, recipient_name=sheet.to_name,
        subject=sheet.subject[:998], search=fold(f"{sheet.subject} {sheet.to_name} {sheet.to_address}"),
        html=sheet.html, text=sheet.text, headers=[list(pair) for pair in mail.headers], at=moment,
    )  # fmt: skip
