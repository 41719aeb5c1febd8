"""The ids by which other software knows people, and what it tells about these people.

Says person.created, person.changed. What a server tells overwrites; what a browser claims fills gaps, for anybody can say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reif.capture.web.traits import draft_of
from reif.crm.models import Identity, Person
from reif.crm.upsert import Draft, upsert_people
from reif.door.canonical import Canonical

KIND = "user_id"
CHUNK = 900


@dataclass
class Users:
    """by_id: people by user id. by_message: people by the message that told their address. new: ids not known before."""

    by_id: dict[str, int] = field(default_factory=dict)
    by_message: dict[str, int] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)

    def of(self, event: Canonical) -> int | None:
        """Whom the event itself names."""
        return self.by_id.get(event.user_id) if event.user_id else self.by_message.get(event.message_id)


def users_in(events: Sequence[Canonical]) -> Users:
    """Everybody whom these events name by an id or an address; made or completed by what they tell."""
    users = Users(_known({name for e in events for name in (e.user_id, e.previous_id) if name}))
    before = set(users.by_id)
    _rename(events, users)
    told = [(e, draft) for e in events if e.type == "identify" and (draft := draft_of(e))]
    for claimed in (False, True):
        _tell([one for one in told if one[0].context.claimed is claimed], users, overwrite=not claimed)
    if told:
        _remember(users.by_id)
        users.by_id |= _known(users.by_id)
    users.new = set(users.by_id) - before
    _groups([e for e in events if e.type == "group" and e.user_id in users.by_id], users)
    return users


def _known(ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(list(ids)):
        rows = Identity.objects.filter(kind=KIND, value__in=[i[:200] for i in some])
        found |= dict(rows.values_list("value", "person_id"))
    return found


def _rename(events: Sequence[Canonical], users: Users) -> None:
    """Another name for a user that we know. Two users that are both known stay two people: that is a merge, by hand."""
    fresh = {}
    for event in events:
        old, new = event.previous_id, event.user_id
        if event.type == "alias" and old in users.by_id and new and new not in users.by_id:
            fresh[new] = users.by_id[new] = users.by_id[old]
    _remember(fresh)


def _remember(users: dict[str, int]) -> None:
    rows = [Identity(kind=KIND, value=user[:200], person_id=person) for user, person in users.items()]
    Identity.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _tell(told: list[tuple[Canonical, Draft]], users: Users, overwrite: bool) -> None:
    if not told:
        return
    people = upsert_people([draft for _e, draft in told], via="track", at=told[-1][0].at, overwrite=overwrite)
    for (event, _draft), made in zip(told, people, strict=True):
        users.by_message[event.message_id] = made.person.id
        if event.user_id:
            users.by_id.setdefault(event.user_id, made.person.id)


def _groups(events: list[Canonical], users: Users) -> None:
    """What group calls tell about companies."""
    people = {users.by_id[str(e.user_id)] for e in events}
    addresses = dict(Person.objects.filter(id__in=people).values_list("id", "email")) if people else {}
    drafts = [d for e in events if (d := _company(addresses.get(users.by_id[str(e.user_id)]), e))]
    if drafts:
        upsert_people(drafts, via="track", at=events[-1].at)


def _company(address: str | None, event: Canonical) -> Draft | None:
    return draft_of(event, address) if address else None


def chunks(items: list[str]) -> Iterator[list[str]]:
    """As many as one question to the database may name."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
