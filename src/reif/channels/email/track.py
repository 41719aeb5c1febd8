"""Take note of opens, clicks and goodbyes.

Says mail.opened, mail.clicked, mail.unsubscribed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from reif.channels.email.limits import mails
from reif.channels.email.verdict import TOGETHER, Look, machine
from reif.channels.models import Message
from reif.crm.consent import withdraw
from reif.crm.models import Person
from reif.crm.suppress import suppress
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailClicked, MailOpened, MailUnsubscribed
from reif.log.models import Event


@dataclass(frozen=True)
class Seen:
    """What the server knows of a request."""

    method: str
    agent: str


def opened(message: Message, seen: Seen) -> str:
    """Note an opening. Returns why it was a machine, or nothing."""
    why = machine(_look(message, seen), opening=True)
    if message.person_id is not None:
        with writing():
            append(MailOpened(person=message.person_id, topic=message.mail, message=message.id, machine=bool(why),
                              why=why, cause=_sending(message)))  # fmt: skip
            _mark(message, "machine_at" if why else "opened_at")
    return why


def clicked(message: Message, link: str, seen: Seen, honeypot: bool = False) -> str:
    """Note a click, also that of a machine; a double click counts once. Returns why it was a machine, or nothing."""
    if message.person_id is None:
        return machine(_look(message, seen, honeypot))
    recent = _recent(message)
    if link in recent and not honeypot:
        return ""
    why = machine(_look(message, seen, honeypot, len(recent)))
    with writing():
        append(MailClicked(person=message.person_id, topic=message.mail, message=message.id, link=link,
                           machine=bool(why), why=why, cause=_sending(message)))  # fmt: skip
        _mark(message, "machine_at" if why else "clicked_at")
    return why


def unsubscribe(message: Message, one_click: bool, everything: bool = False) -> bool:
    """Take back the permission for mails like this one, or every permission there is. True the first time.

    everything: also what nobody agreed to here, such as a soft opt-in of a later import, is refused from now on.
    """
    if message.person_id is None:
        return False
    by = "one_click" if one_click else "person"
    with writing():
        if everything:
            _object(message.person_id)
            taken = withdraw([message.person_id], by=by)
        else:
            taken = withdraw([message.person_id], purpose_of(message), channel="email", by=by)
        if taken:
            append(MailUnsubscribed(person=message.person_id, topic=message.mail, message=message.id,
                                    one_click=one_click, cause=_sending(message)))  # fmt: skip
    return bool(taken)


def purpose_of(message: Message) -> str:
    """What its readers agreed to."""
    return next((mail.purpose for mail in mails().mail if mail.key == message.mail), "marketing")


def _object(person: int) -> None:
    row = Person.objects.living().filter(id=person).first()
    suppress(((a, "") for a in (row.email, row.phone) if a) if row else (), "objected")


def _look(message: Message, seen: Seen, honeypot: bool = False, others: int = 0) -> Look:
    seconds = (now() - message.sent_at).total_seconds() if message.sent_at else None
    return Look(seen.method, seen.agent, seconds, honeypot, others)


def _mark(message: Message, column: str) -> None:
    """The first time stays."""
    Message.objects.filter(id=message.id).update(**{column: Coalesce(F(column), Value(now()))})


def _recent(message: Message) -> set[str]:
    """Links of this mail that were followed a moment ago."""
    since = now() - timedelta(seconds=TOGETHER)
    rows = Event.objects.filter(person_id=message.person_id, kind="mail.clicked", topic=message.mail, at__gte=since)
    return {row["link"] for row in rows.values_list("body", flat=True) if row.get("message") == message.id}


def _sending(message: Message) -> int | None:
    """The event that this mail was sent, as the cause of what its reader does."""
    rows = Event.objects.filter(person_id=message.person_id, kind="mail.sent", topic=message.mail).order_by("-id")
    return next((i for i, body in rows.values_list("id", "body")[:20] if body.get("message") == message.id), None)
