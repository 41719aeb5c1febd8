"""Put letters into the outbox, each once by its key.

Says mail.queued for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from reif.channels.email.hours import next_open, zone_of
from reif.channels.email.limits import limits
from reif.channels.email.wording import wordings
from reif.channels.models import Message
from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailQueued
from reif.log.models import Effect
from reif.log.outbox import effect, enqueue
from reif.staff.models import User

Kind = Literal["marketing", "service", "staff"]
CHANNEL = "mail"
BATCH = 2000


@dataclass(frozen=True)
class Letter:
    """A mail to write to somebody: one of person, user, to.

    key: unique for ever, such as `j:<enrollment>:<seq>` or `t:confirm:<consent>`; a second letter with it is a no-op.
    mail: the key of the text in the playbook. variables: what its Liquid may use besides the reader. kind: marketing
    needs permission, obeys caps and quiet hours and carries an unsubscribe link; service and staff mails do not.
    origin: `journey/step`, for counting.
    """

    key: str
    mail: str
    person: int | None = None
    user: int | None = None
    to: str = ""
    variables: dict[str, object] = field(default_factory=dict)
    kind: Kind = "marketing"
    not_before: datetime | None = None
    expires_at: datetime | None = None
    cause: int | None = None
    priority: int = 5
    origin: str = ""
    language: str = ""


def queue(letters: Iterable[Letter]) -> dict[str, int]:
    """Store the letters that are new. Returns their message ids by key."""
    wanted = list({letter.key: letter for letter in letters}.values())
    fresh: dict[str, int] = {}
    with writing():
        for start in range(0, len(wanted), BATCH):
            fresh |= _queue(wanted[start : start + BATCH])
    return fresh


def _queue(letters: Sequence[Letter]) -> dict[str, int]:
    known = set(Effect.objects.filter(key__in=[x.key for x in letters]).values_list("key", flat=True))
    fresh = [x for x in letters if x.key not in known]
    if not fresh:
        return {}
    readers = _readers(fresh)
    enqueue([_effect(x, readers) for x in fresh])
    ids = dict(Effect.objects.filter(key__in=[x.key for x in fresh]).values_list("key", "id"))
    texts = wordings({x.mail for x in fresh})
    Message.objects.bulk_create(
        [_message(x, ids[x.key], texts.pick(x.mail, readers[x].language)) for x in fresh],
        ignore_conflicts=True,
        batch_size=1000,
    )
    append(
        *(
            MailQueued(person=x.person, topic=x.mail, message=ids[x.key], cause=x.cause)
            for x in fresh
            if x.person is not None
        )
    )
    return ids


@dataclass(frozen=True)
class _Reader:
    language: str = "de"
    timezone: str = ""


class _Readers(dict[tuple[int | None, int | None], _Reader]):
    def __getitem__(self, letter: Letter) -> _Reader:  # type: ignore[override]
        found = self.get((letter.person, letter.user), _Reader())
        return _Reader(letter.language, found.timezone) if letter.language else found


def _readers(letters: Sequence[Letter]) -> _Readers:
    found = _Readers()
    people = {x.person for x in letters if x.person is not None}
    users = {x.user for x in letters if x.user is not None}
    for i, language, zone in Person.objects.filter(id__in=people).values_list("id", "language", "timezone"):
        found[i, None] = _Reader(language[:2] or "de", zone)
    for i, language, zone in User.objects.filter(id__in=users).values_list("id", "language", "timezone"):
        found[None, i] = _Reader(language, zone)
    return found


def _effect(letter: Letter, readers: _Readers) -> Effect:
    reader = readers[letter]
    start = letter.not_before
    if letter.kind == "marketing":
        start = next_open(max(start or now(), now()), zone_of(reader.timezone), limits().hours)
    body: dict[str, object] = {"mail": letter.mail, "kind": letter.kind, "user": letter.user, "to": letter.to,
            "language": reader.language, "variables": letter.variables}  # fmt: skip
    return effect(
        letter.key, CHANNEL, person=letter.person, cause=letter.cause, priority=letter.priority,
        not_before=start, expires_at=letter.expires_at, body=body,
    )  # fmt: skip


def _message(letter: Letter, number: int, content: int | None) -> Message:
    return Message(
        id=number, person_id=letter.person, user_id=letter.user, mail=letter.mail, kind=letter.kind,
        origin=letter.origin, content_id=content, queued_at=now(),
    )  # fmt: skip
