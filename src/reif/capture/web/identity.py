"""Who sent these events? Browsers and ids become visitors, and visitors people, in a few questions for a whole batch.

Says visitor.identified. Never joined by the address of a device. A user id without a
mail address is a visitor under the key `u:<id>`, so that its history is there when the address comes. A browser belongs to
whom it was first known to belong to, and nobody takes it from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reif.capture.models import Alias
from reif.capture.sources.first_touch import fill, first_fields, first_seen
from reif.capture.web.join import attach_with_aliases
from reif.capture.web.mail_browsers import few_by_mail
from reif.capture.web.users import Users, chunks, users_in
from reif.channels.email.tokens import person_of as arrived
from reif.crm.models import Person, Visitor
from reif.crm.visitors import visitors_for
from reif.door.canonical import Canonical

Pairs = dict[int, int]


class Browser(NamedTuple):
    """What must be known of a visitor. fresh: its first touch is still to be written."""

    id: int
    person: int | None
    fresh: bool


@dataclass
class Who:
    """visitors: by key."""

    users: Users
    visitors: dict[str, Browser] = field(default_factory=dict)

    def of(self, event: Canonical) -> tuple[int | None, int | None]:
        """Person and visitor of an event. A user id says more than the browser, which several people may share."""
        browser = self.visitors.get(event.anonymous_id[:128]) if event.anonymous_id else None
        person = self.users.by_id.get(event.user_id) if event.user_id else None
        if browser is None and person is None and event.user_id:
            browser = self.visitors.get(user_key(event.user_id))
        return person or (browser.person if browser else None), browser.id if browser else None


def resolve(events: Sequence[Canonical]) -> Who:
    """Everybody in these events, with what the events themselves tell about who is who. Call it inside `writing()`."""
    who = Who(users_in(events))
    _browsers(events, who)
    _attach(events, who)
    return who


def user_key(user: str) -> str:
    """The visitor that stands for a user id as long as nobody knows the person."""
    return f"u:{user}"[:128]


def _browsers(events: Sequence[Canonical], who: Who) -> None:
    first = first_seen(events, lambda event: _keys(event, who))
    known = _known(list(first))
    missing = {key: first_fields(event) for key, event in first.items() if key not in known}
    who.visitors = known | {v.key: Browser(v.id, v.person_id, False) for v in visitors_for(missing).values()}
    who.visitors |= _known([key for user in who.users.new if (key := user_key(user)) not in who.visitors])
    fill({browser.id: first[key] for key, browser in known.items() if browser.fresh and first[key].context.url})


def _keys(event: Canonical, who: Who) -> Iterator[str]:
    if event.anonymous_id:
        yield event.anonymous_id[:128]
    if event.user_id and event.user_id not in who.users.by_id:
        yield user_key(event.user_id)
    if event.previous_id and event.previous_id not in who.users.by_id:
        yield event.previous_id[:128]
        yield user_key(event.previous_id)


def _known(keys: list[str]) -> dict[str, Browser]:
    found: dict[str, Browser] = {}
    for some in chunks(keys):
        rows = Visitor.objects.filter(key__in=some).values_list("key", "id", "person_id", "landing_path")
        found |= {key: Browser(number, person, not landing) for key, number, person, landing in rows}
    return found


def _attach(events: Sequence[Canonical], who: Who) -> None:
    known: Pairs = {}
    arrived_: Pairs = {}
    aliases: set[tuple[int, int]] = set()
    for event in events:
        _links(event, who, known, arrived_, aliases)
    if aliases:
        rows = [Alias(left_id=a, right_id=b) for a, b in sorted(aliases)]
        Alias.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        known = _by_aliases(aliases, who) | known
    at = events[-1].at if events else None
    told = attach_with_aliases(_of_the_living(known), by="track", at=at)
    mailed = attach_with_aliases(few_by_mail(_of_the_living(arrived_)), by="mail", at=at)
    if told or mailed:
        _read_again(who)


def _of_the_living(pairs: Pairs) -> list[tuple[int, int]]:
    if not pairs:
        return []
    living = set(Person.objects.filter(id__in=set(pairs.values()), erased_at=None).values_list("id", flat=True))
    return [(visitor, person) for visitor, person in pairs.items() if person in living]


def _links(event: Canonical, who: Who, known: Pairs, by_mail: Pairs, aliases: set[tuple[int, int]]) -> None:
    """What one event says about who is who: pairs of visitor and person, and of visitors that are one. The first counts."""
    browsers = [who.visitors[k] for k in _keys(event, who) if k in who.visitors]
    person = who.users.of(event)
    pairs = known
    if person is None and event.context.url and "reif=" in event.context.url:
        person, pairs = _arrival(event.context.url), by_mail
    if person is not None:
        for browser in browsers:
            if browser.person is None:
                pairs.setdefault(browser.id, person)
        if event.user_id and (alone := who.visitors.get(user_key(event.user_id))) and alone.person is None:
            pairs.setdefault(alone.id, person)
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
