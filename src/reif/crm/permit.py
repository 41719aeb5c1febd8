"""Permissions that no form of ours asked for: customers under the soft opt-in, and consents brought from elsewhere.

Says consent.given. Refuses addresses whose owner objected or was forgotten: only a new consent of their own helps there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reif.crm.consent import address_of
from reif.crm.law.ecg import listed
from reif.crm.law.permitted import fitting
from reif.crm.law.table import CONDITIONS
from reif.crm.models import Consent, Person
from reif.crm.suppress import unwanted
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import ConsentGiven


@dataclass(frozen=True)
class Brought:
    """A consent that was given elsewhere. text: the words shown then; double: a confirmation is proven; at: when."""

    person: Person
    purpose: str = "marketing"
    channel: str = "email"
    text: str = ""
    version: str = ""
    at: datetime | None = None
    double: bool = False
    evidence: dict[str, str] = field(default_factory=dict)


def bring(consents: Iterable[Brought], by: int | None = None, cause: int | None = None) -> list[Person]:
    """Store them with their evidence (`source` is needed: which system, list or paper). Returns whom we left out.

    Raises ValueError when one has no source: a consent that nobody can prove is none.
    """
    wanted = list(consents)
    if any(not one.evidence.get("source", "").strip() for one in wanted):
        raise ValueError("a consent from elsewhere needs evidence: its source")
    rows = [
        Consent(
            person=b.person, purpose=b.purpose, channel=b.channel, address=address_of(b.person, b.channel),
            basis="imported", text=b.text, text_version=b.version[:32], language=b.person.language or "de",
            requested_at=b.at or now(), given_at=b.at or now(), double=b.double,
            evidence=b.evidence | ({"by": str(by)} if by else {}),
        )
        for b in wanted
    ]  # fmt: skip
    return _store(rows, cause)


def note_customers(people: Sequence[Person], conditions: Sequence[str], purpose: str = "marketing", *, source: str,
                   by: int | None = None, cause: int | None = None) -> list[Person]:  # fmt: skip
    """The soft opt-in: mail to customers without consent. Each condition that is met is named and kept.

    conditions: of `crm.law.table.CONDITIONS`; `purchase` includes `sale`. source: the sale. Returns whom we left out.
    """
    if unknown := set(conditions) - set(CONDITIONS):
        raise ValueError(f"unknown conditions: {', '.join(sorted(unknown))}")
    met = sorted({*conditions, *(["sale"] if "purchase" in conditions else [])})
    on_ecg = listed([p.email for p in people if p.email])
    moment, evidence = now(), {"source": source} | ({"by": str(by)} if by else {})
    rows = [
        Consent(
            person=p, purpose=purpose, channel="email", address=p.email or "", basis="soft_opt_in", conditions=met,
            fits=fitting(met, p.email in on_ecg), text="", text_version="", language=p.language or "de",
            requested_at=moment, given_at=moment, evidence=evidence,
        )
        for p in people
    ]  # fmt: skip
    return _store(rows, cause)


def _store(rows: Sequence[Consent], cause: int | None) -> list[Person]:
    refused = unwanted([c.address for c in rows])
    kept = [c for c in rows if c.address and c.address not in refused]
    with writing():
        there = _there(kept)
        fresh = [c for c in kept if (c.person_id, c.purpose, c.channel, c.address, c.basis) not in there]
        Consent.objects.bulk_create(fresh, batch_size=500)
        append(
            *(
                ConsentGiven(
                    person=c.person_id, topic=c.purpose, channel=c.channel, consent=c.pk, double=c.double, cause=cause
                )
                for c in fresh
            )
        )
    return [c.person for c in rows if not c.address or c.address in refused]


def _there(rows: Sequence[Consent]) -> set[tuple[int, str, str, str, str]]:
    """Those in force already: a second import of the same file adds nothing."""
    in_force = Consent.objects.filter(
        person__in=[c.person_id for c in rows], given_at__isnull=False, withdrawn_at=None
    ).values_list("person_id", "purpose", "channel", "address", "basis")
    return set(in_force)
