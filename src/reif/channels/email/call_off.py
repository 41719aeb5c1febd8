"""Somebody takes a permission back: what is still in the queue under it does not go.

Hears consent.withdrawn. Says mail.skipped.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.channels.email.limits import mails
from reif.channels.email.take_back import take_back_messages
from reif.channels.models import Message
from reif.crm.consent import may_mail
from reif.log.catalogue.people import ConsentWithdrawn
from reif.log.event import Event


def call_off(events: Sequence[Event[ConsentWithdrawn]]) -> None:
    """Marketing letters of that purpose that nobody has claimed yet; who may still be written to keeps theirs."""
    purposes = {mail.key: mail.purpose for mail in mails().mail}
    for purpose in {e.topic for e in events if e.fact.channel == "email"}:
        causes = {e.person: e.id for e in events if e.person and e.topic == purpose and e.fact.channel == "email"}
        gone = set(causes) - may_mail(causes, purpose)
        waiting = Message.objects.filter(person_id__in=gone, kind="marketing", sent_at=None)
        mine = [m for m in waiting if purposes.get(m.mail, "marketing") == purpose]
        take_back_messages(mine, "no_permission", {person: causes[person] for person in gone})
