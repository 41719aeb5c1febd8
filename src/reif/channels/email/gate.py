"""The last look before a mail is written: may it still go, to this reader, at this hour?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reif.channels.email.hours import next_open, zone_of
from reif.channels.email.limits import limits, mails, sender
from reif.channels.email.readers import Post
from reif.channels.law.legal_forms import footer_says, lacking
from reif.channels.models import Message
from reif.crm.consent import may_mail
from reif.crm.suppress import suppressed
from reif.kit.clock import now

WAIT_FOR_SENDER = timedelta(minutes=15)


@dataclass(frozen=True)
class Held:
    """A mail that does not go now. again_at: when to look once more; None: never."""

    post: Post
    reason: str
    again_at: datetime | None = None


def gate(posts: Sequence[Post]) -> tuple[list[Post], list[Held]]:
    """Those that may go, and those that may not, each with its reason. Expiry, address, suppression and text are asked
    of every mail, a sender who is named in full of every mail to people; permission, hours and cap of marketing only."""
    look = _Look(posts)
    going, held = [], []
    for post in posts:
        verdict = look.at(post)
        if verdict is None:
            going.append(post)
        else:
            held.append(verdict)
    return going, held


class _Look:
    """What must be known about a whole batch, asked once."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.now = now()
        self.blocked = suppressed([p.address for p in posts if p.kind != "staff" and p.address])
        marketing = [p.effect.person_id for p in posts if p.kind == "marketing" and p.effect.person_id]
        self.purposes = {mail.key: mail.purpose for mail in mails().mail}
        self.allowed = self._allowed(posts)
        self.limits, self.sender = limits(), sender()
        self.incomplete = bool(lacking(self.sender))
        self.recent = self._recent(marketing)

    def at(self, post: Post) -> Held | None:
        if post.effect.expires_at and post.effect.expires_at <= self.now:
            return Held(post, "expired")
        if not post.address:
            return Held(post, "no_address")
        if post.address in self.blocked:
            return Held(post, "suppressed")
        if post.content is None:
            return Held(post, "no_text")
        if post.kind != "staff" and (self.incomplete or not footer_says(self.sender, post.content.text)):
            return self._later(post, "sender_incomplete", self.now + WAIT_FOR_SENDER)
        return self._marketing(post) if post.kind == "marketing" else None

    def _marketing(self, post: Post) -> Held | None:
        person = post.effect.person_id
        if (person, self._purpose(post)) not in self.allowed:
            return Held(post, "no_permission")
        opening = next_open(self.now, zone_of(post.zone), self.limits.hours)
        if opening > self.now:
            return self._later(post, "quiet_hours", opening)
        sent = self.recent[person]
        if len(sent) >= self.limits.most:
            free = sorted(sent)[-self.limits.most] + timedelta(days=self.limits.days)
            return self._later(post, "too_many", free)
        sent.append(self.now)
        return None

    def _later(self, post: Post, reason: str, at: datetime) -> Held:
        """Wait when that is still in time, else let go."""
        end = post.effect.expires_at
        return Held(post, reason, None if end and end <= at else at)

    def _purpose(self, post: Post) -> str:
        return self.purposes.get(post.mail, "marketing")

    def _allowed(self, posts: Sequence[Post]) -> set[tuple[int | None, str]]:
        """Pairs of person and purpose. Law, permission, objection: all of it is asked here, at the last moment."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for post in posts:
            if post.kind == "marketing" and post.effect.person_id:
                groups[self._purpose(post)].append(post.effect.person_id)
        return {(person, purpose) for purpose, people in groups.items() for person in may_mail(people, purpose)}

    def _recent(self, people: Sequence[int]) -> defaultdict[int | None, list[datetime]]:
        since = self.now - timedelta(days=self.limits.days)
        rows = Message.objects.filter(person_id__in=set(people), kind="marketing", sent_at__gt=since)
        found: defaultdict[int | None, list[datetime]] = defaultdict(list)
        for person, at in rows.values_list("person_id", "sent_at"):
            found[person].append(at or self.now)
        return found
