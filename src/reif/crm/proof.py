"""How long the proof of a consent must stay: telephone consents of German consumers five years from each use (§ 7a UWG)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reif.crm.law.house import house
from reif.crm.law.stricter import rule_for
from reif.crm.models import Consent, ConsentUse, Person


def use(calls: Iterable[tuple[int, int, datetime]]) -> int:
    """Triples of person, activity and moment: somebody was called. Each consent for calls that was in force is used."""
    wanted = list(calls)
    consents = Consent.objects.filter(person__in={p for p, _a, _at in wanted}, channel="phone", given_at__isnull=False)
    mine: dict[int, list[Consent]] = {}
    for one in consents:
        mine.setdefault(one.person_id, []).append(one)
    uses = [
        ConsentUse(consent=c, activity=activity, at=at)
        for person, activity, at in wanted
        for c in mine.get(person, [])
        if c.given_at and c.given_at <= at and (c.withdrawn_at is None or c.withdrawn_at > at)
    ]
    ConsentUse.objects.bulk_create(uses, ignore_conflicts=True, batch_size=1000)
    for each in uses:
        Consent.objects.filter(id=each.consent_id).update(used_at=each.at)
    return len(uses)


def proof_until(consent: Consent, person: Person) -> datetime | None:
    """Until when this proof must stay, even when its owner wants to be forgotten; None: no law asks for it."""
    if consent.given_at is None:
        return None
    to = "business" if person.company_id else "consumer"
    years = rule_for(person.country, consent.channel, to).keep_years
    months = max(years * 12, house().keep_months)
    last = max(consent.given_at, consent.used_at or consent.given_at)
    return _months_later(last, months) if months else None


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month, day=day)
        except ValueError:
            continue
    raise ValueError(moment)
