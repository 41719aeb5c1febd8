"""Take back letters that are still waiting, such as those of somebody who left a journey.

Says mail.skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reif.channels.models import Message
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailSkipped
from reif.log.outbox import withdraw


def take_back(people: Iterable[int], origin: str, reason: str = "left_journey", cause: int | None = None) -> int:
    """Letters to these people whose origin begins so and that nobody has claimed yet. Returns how many."""
    ids = list(people)
    waiting = Message.objects.filter(person_id__in=ids, origin__startswith=origin, sent_at=None)
    return take_back_messages(waiting, reason, dict.fromkeys(ids, cause))


def take_back_messages(messages: Iterable[Message], reason: str, causes: Mapping[int, int | None]) -> int:
    """These messages, as far as nobody has claimed them yet. causes: by person. Returns how many."""
    with writing():
        rows = {m.id: m for m in messages}
        gone = withdraw(rows, reason)
        append(
            *(
                MailSkipped(
                    person=rows[i].person_id, topic=rows[i].mail, message=i, reason=reason,
                    cause=causes.get(rows[i].person_id or 0),
                )
                for i in gone
            )
        )  # fmt: skip
    return len(gone)
