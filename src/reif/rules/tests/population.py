"""Random people put into the database, with companies, visitors, events and consents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reif.crm.models import Company, Consent, Member, Origin, Person, Standing, Touch, Visitor
from reif.log.models import Event
from reif.rules.tests.random_rules import NOW
from reif.staff.models import User

APART = ("company", "owned", "consent", "events", "email", "origin", "standings", "segments")


def populate(drawn: Sequence[dict[str, Any]], owner: User) -> list[Person]:
    """Rows for what `people()` drew."""
    stranger = Visitor.objects.create(key="stranger", first_seen=NOW)
    made = [_person(number, person, owner) for number, person in enumerate(drawn)]
    rows: list[Event] = []
    for person, drawn_one in zip(made, drawn, strict=True):
        visitor = Visitor.objects.create(key=f"v{person.id}", first_seen=NOW, person=person)
        rows += [_event(len(rows) + 1 + i, e, person, visitor, stranger) for i, e in enumerate(drawn_one["events"])]
    Event.objects.bulk_create(rows)
    return made


def _person(number: int, drawn: dict[str, Any], owner: User) -> Person:
    own = {k: v for k, v in drawn.items() if k not in APART}
    company = drawn["company"] and Company.objects.create(
        created_at=NOW, domain=f"firma{number}.ch" if number % 2 else None, **drawn["company"]
    )
    email = drawn["email"] and f"{number}{drawn['email']}"
    person = Person.objects.create(email=email, company=company or None, owner=owner if drawn["owned"] else None, **own)
    Standing.objects.bulk_create(Standing(person=person, **one) for one in drawn["standings"])
    Member.objects.bulk_create(Member(person=person, segment=key, since=NOW) for key in drawn["segments"])
    if state := drawn["consent"]:
        Consent.objects.create(
            person=person, purpose="marketing", text="…", text_version="1", requested_at=NOW,
            address=(email or "") if number % 5 else "old@firma.example", double=number % 3 > 0,
            given_at=NOW if state != "asked" else None, withdrawn_at=NOW if state == "withdrawn" else None,
        )  # fmt: skip
    if turns := drawn["origin"]:
        touches = {turn: told and Touch.objects.create(person=person, at=NOW, **told) for turn, told in turns.items()}
        Origin.objects.create(person=person, **touches)
    return person


def _event(number: int, drawn: dict[str, Any], person: Person, visitor: Visitor, stranger: Visitor) -> Event:
    who = drawn["who"]
    body = {"machine": True} if drawn["machine"] else ({"machine": False} if number % 2 else {})
    return Event(
        id=number, kind=drawn["kind"], topic=drawn["topic"], at=drawn["at"], recorded_at=NOW, body=body,
        person_id=person.id if who in ("person", "both") else None,
        visitor_id={"person": None, "stranger": stranger.id}.get(who, visitor.id),
    )  # fmt: skip
