"""Offer people to sellers: owner first, then the first rule that fits, then whose turn it is.

Says person.assigned, or person.unassigned with a reason. Used by every way that leads to a hand-over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.append import writing
from reif.playbook.current import current
from reif.route import reason
from reif.route.crew import Crew, weights_of
from reif.route.give import Gift, give
from reif.route.match import first_matches
from reif.route.models import Assignment
from reif.route.owners import Owner, owners
from reif.route.pick import CHOSEN, NobodyAvailable, Seller, choose
from reif.route.section import Routing, Rule, Slas
from reif.route.wait import Wait, keep_waiting


@dataclass(frozen=True)
class Ask:
    """A person who needs a seller. without: who had them already; prefer: who knows them; because: see reason.after.

    instead: the open offer that a new one would replace; it stays when there is nobody else.
    """

    person: int
    event: int | None = None
    round: int = 1
    without: frozenset[int] = frozenset()
    prefer: int | None = None
    because: str = ""
    instead: int | None = None


def offer(asks: Iterable[Ask]) -> list[Assignment]:
    """Find a seller for each; those with an open offer are left alone. Returns the new hand-overs."""
    by_person = {ask.person: ask for ask in asks}
    with writing():
        desk = _Desk.open(by_person)
        gifts: list[Gift] = []
        waits: list[Wait] = []
        for person in desk.people:
            try:
                gifts.append(desk.decide(by_person[person.id], person))
            except NobodyAvailable as nobody:
                waits += desk.wait(by_person[person.id], nobody.reason)
        desk.crew.save()
        keep_waiting(waits)
        return give(gifts)


@dataclass
class _Desk:
    """Everything that a decision needs, read once for the whole batch."""

    at: datetime
    people: list[Person]
    routing: Routing
    slas: Slas
    rules: dict[int, Rule]
    owners: dict[int, Owner]
    crew: Crew
    rests: dict[int, date] = field(default_factory=dict)

    @classmethod
    def open(cls, asks: dict[int, Ask]) -> _Desk:
        at, routing = now(), current("routing")
        people = _unoffered(asks)
        ids = [p.id for p in people]
        rules = first_matches(routing.all_rules(), ids, at)
        known = owners(people) if routing.ownership else {}
        others = {o.user for o in known.values()} | {a.prefer for a in asks.values() if a.prefer}
        crew = Crew({r.key: r for r in rules.values()}.values(), others, at)
        return cls(at, people, routing, current("slas"), rules, known, crew, _rests(ids, at.date(), asks))

    def decide(self, ask: Ask, person: Person) -> Gift:
        """Who gets this person. Raises NobodyAvailable."""
        if person.id in self.rests:
            raise NobodyAvailable("resting")
        return self._to_owner(ask, person) or self._by_rule(ask, person)

    def wait(self, ask: Ask, why: str) -> list[Wait]:
        """What to do with somebody whom nobody can take: nothing when an older offer stays open."""
        if ask.instead:
            return []
        rule = self.rules.get(ask.person)
        return [Wait(ask.person, ask.event, why, rule.key if rule else "", self.rests.get(ask.person))]

    def _to_owner(self, ask: Ask, person: Person) -> Gift | None:
        owner = Owner(ask.prefer, "person") if ask.prefer else self.owners.get(person.id)
        seller = self.crew.sellers.get(owner.user) if owner else None
        if owner is None or seller is None or seller.id in ask.without or seller.is_away(self.at):
            return None
        rule = self.rules.get(person.id)
        sla = self.routing.ownership_sla or (rule.sla if rule else "")
        seller.open += 1
        words = reason.after(ask.because, reason.by_owner(owner.how, seller.user, person))
        record: list[dict[str, object]] = [{"user": seller.id, "why": CHOSEN, "open": seller.open - 1}]
        return self._gift(ask, seller, f"owner.{owner.how}", words, record, sla)

    def _by_rule(self, ask: Ask, person: Person) -> Gift:
        rule = self.rules.get(person.id)
        if rule is None:
            raise NobodyAvailable("no_rule")
        sellers = self.crew.of(rule)
        seller, record = choose(
            sellers, self.at, self.crew.turns_of(rule), weights_of(rule, sellers),
            busy=rule.pick == "least_busy", without=ask.without,
        )  # fmt: skip
        words = reason.after(ask.because, reason.by_rule(rule, seller.user))
        return self._gift(ask, seller, rule.key, words, record, rule.sla)

    def _gift(self, ask: Ask, seller: Seller, rule: str, words: dict[str, str],
              record: list[dict[str, object]], sla: str) -> Gift:  # fmt: skip
        return Gift(
            ask.person, seller, rule, words, record, self.slas.by_key(sla), event=ask.event, round=ask.round,
            instead=ask.instead,
        )  # fmt: skip


def _unoffered(asks: dict[int, Ask]) -> list[Person]:
    """Living people without an open offer, locked, in the order of the asks."""
    replaced = [ask.instead for ask in asks.values() if ask.instead]
    taken = Assignment.objects.offered().filter(person__in=list(asks)).exclude(id__in=replaced).values("person")
    rows = Person.objects.living().filter(id__in=list(asks)).exclude(id__in=taken)
    found = {p.id: p for p in rows.select_related("company").select_for_update(of=("self",))}
    return [found[i] for i in asks if i in found]


def _rests(people: list[int], today: date, asks: dict[int, Ask]) -> dict[int, date]:
    """Until when people are left alone because a seller said so; not those who are back by agreement."""
    free = [p for p in people if not asks[p].because]
    rows = Assignment.objects.filter(person__in=free, rest_until__gt=today).order_by("id")
    return {p: until for p, until in rows.values_list("person_id", "rest_until") if until}
