"""Take back letters that are still waiting, such as those of somebody who left a journey.

Says mail.skipped.
"""

from __future__ import annotations

from collections.abc import Iterable

from reif.channels.models import Message
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailSkipped
from reif.log.outbox import withdraw


def take_back(people: Iterable[int], origin: str, reason: str = "left_journey", cause: int | None = None) -> int:
    """Letters to these people whose origin begins so and that nobody has claimed yet. Returns how many."""
    waiting = Message.objects.filter(person_id__in=list(people), origin__startswith=origin, sent_at=None)
    with writing():
        rows = {m.id: m for m in waiting}
        gone = withdraw(rows, reason)
        append(
            *(
                MailSkipped(person=rows[i].person_id, topic=rows[i].mail, message=i, reason=reason, cause=cause)
                for i in gone
            )
        )
    return len(gone)
