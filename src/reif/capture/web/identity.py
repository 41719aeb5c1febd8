"""Who sent these events? Browsers and ids become visitors, and visitors people, in a few questions for a whole batch.

Says person.created, person.changed, visitor.identified. Never joined by the address of a device. A user id without a
mail address is a visitor under the key `u:<id>`, so that its history is there when the address comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from reif.capture.models import Alias
from reif.capture.sources.first_touch import fill, first_fields, first_seen
from reif.capture.web.join import attach_with_aliases
from reif.capture.web.traits import draft_of
from reif.channels.email.tokens import person_of as arrived
from reif.crm.models import Identity, Person, Visitor
from reif.crm.upsert import Draft, upsert_people
from reif.crm.visitors import visitors_for
from reif.door.canonical import Canonical

KIND = "user_id"
CHUNK = 900


class Browser(NamedTuple):
    """What must be known of a visitor. fresh: its first touch is still to be written."""

    id: int
    person: int | None
    fresh: bool


@dataclass
class Who:
    """visitors: by key. users: people by user id. named: people by the message that told their address."""

    visitors: dict[str, Browser] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    def of(self, event: Canonical) -> tuple[int | None, int | None]:
        """Person and visitor of an event. A user id says more than the browser, which several people may share."""
        browser = self.visitors.get(event.anonymous_id[:128]) if event.anonymous_id else None
        person = self.users.get(event.user_id) if event.user_id else None
        if browser is None and person is None and event.user_id:
            browser = self.visitors.get(user_key(event.user_id))
        return person or (browser.person if browser else None), browser.id if browser else None


def resolve(events: Sequence[Canonical]) -> Who:
    """Everybody in these events, with what the events themselves tell about who is who. Call it inside `writing()`."""
    who = Who(users=_users({e.user_id for e in events if e.user_id}))
    _identify(events, who)
    _browsers(events, who)
    _attach(events, who)
    return who


def user_key(user: str) -> str:
    """The visitor that stands for a user id as long as nobody knows the person."""
    return f"u:{user}"[:128]


def _users(ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _chunks(list(ids)):
        rows = Identity.objects.filter(kind=KIND, value__in=[i[:200] for i in some])
        found |= dict(rows.values_list("value", "person_id"))
    return found


def _identify(events: Sequence[Canonical], who: Who) -> None:
    """People from identify calls with an address, and what group calls tell about their companies."""
    told = [(e, draft) for e in events if e.type == "identify" and (draft := draft_of(e))]
    if told:
        people = upsert_people([draft for _e, draft in told], via="track", at=told[-1][0].at)
        for (event, _draft), made in zip(told, people, strict=True):
            who.named[event.message_id] = made.person.id
            if event.user_id and event.user_id not in who.users:
                who.users[event.user_id] = made.person.id
        fresh = [Identity(kind=KIND, value=u[:200], person_id=p) for u, p in who.users.items()]
        Identity.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
        who.users |= _users(who.users)
    _groups([e for e in events if e.type == "group" and e.user_id in who.users], who)


def _groups(events: list[Canonical], who: Who) -> None:
    addresses = dict(
        Person.objects.filter(id__in={who.users[str(e.user_id)] for e in events}).values_list("id", "email")
    )
    drafts = [d for e in events if (d := _company(addresses.get(who.users[str(e.user_id)]), e))]
    if drafts:
        upsert_people(drafts, via="track", at=events[-1].at)


def _company(address: str | None, event: Canonical) -> Draft | None:
    return draft_of(event, address) if address else None


def _browsers(events: Sequence[Canonical], who: Who) -> None:
    first = first_seen(events, lambda event: _keys(event, who))
    known = _known(list(first))
    missing = {key: first_fields(event) for key, event in first.items() if key not in known}
    who.visitors = known | {v.key: Browser(v.id, v.person_id, False) for v in visitors_for(missing).values()}
    fill({browser.id: first[key] for key, browser in known.items() if browser.fresh and first[key].context.url})


def _keys(event: Canonical, who: Who) -> Iterator[str]:
    if event.anonymous_id:
        yield event.anonymous_id[:128]
    if event.user_id and event.user_id not in who.users:
        yield user_key(event.user_id)
    if event.previous_id:
        yield event.previous_id[:128]


def _known(keys: list[str]) -> dict[str, Browser]:
    found: dict[str, Browser] = {}
    for some in _chunks(keys):
        rows = Visitor.objects.filter(key__in=some).values_list("key", "id", "person_id", "landing_path")
        found |= {key: Browser(number, person, not landing) for key, number, person, landing in rows}
    return found


def _attach(events: Sequence[Canonical], who: Who) -> None:
    pairs: dict[int, int] = {}
    aliases: set[tuple[int, int]] = set()
    latest: datetime | None = None
    for event in events:
        latest = event.at
        _links(event, who, pairs, aliases)
    if aliases:
        rows = [Alias(left_id=a, right_id=b) for a, b in sorted(aliases)]
        Alias.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        pairs |= _by_aliases(aliases, who)
    living = set(Person.objects.filter(id__in=set(pairs.values()), erased_at=None).values_list("id", flat=True))
    pairs = {visitor: person for visitor, person in pairs.items() if person in living}
    if pairs and attach_with_aliases(pairs.items(), by="track", at=latest):
        _read_again(who)


def _links(event: Canonical, who: Who, pairs: dict[int, int], aliases: set[tuple[int, int]]) -> None:
    """What one event says about who is who: pairs of visitor and person, and of visitors that are one."""
    browsers = [who.visitors[k] for k in _keys(event, who) if k in who.visitors]
    person = who.users.get(event.user_id) if event.user_id else who.named.get(event.message_id)
    if person is None and event.context.url and "reif=" in event.context.url:
        person = _arrival(event.context.url)
    if person is not None:
        pairs.update({b.id: person for b in browsers if b.person is None})
        if event.user_id and (known := who.visitors.get(user_key(event.user_id))) and known.person is None:
            pairs[known.id] = person
    elif len(browsers) > 1:
        first, *others = sorted({b.id for b in browsers})
        aliases.update((first, other) for other in others)


def _arrival(url: str) -> int | None:
    """Somebody followed a link in one of our mails to one of our pages, and agreed to be known there."""
    token = next((part[5:] for part in url.partition("?")[2].partition("#")[0].split("&") if part[:5] == "reif="), "")
    return arrived(token) if token else None


def _by_aliases(aliases: set[tuple[int, int]], who: Who) -> dict[int, int]:
    known = {b.id: b.person for b in who.visitors.values() if b.person}
    found = {}
    for left, right in aliases:
        for here, there in ((left, right), (right, left)):
            if here in known and there not in known:
                found[there] = known[here]
    return found


def _read_again(who: Who) -> None:
    free = [key for key, b in who.visitors.items() if b.person is None]
    who.visitors |= _known(free)


def _chunks(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
