"""Forget people: their rows stay as numbers for the sums, without anything that says who they were.

Says person.erased; each room that keeps something personal hears it and forgets it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat

from reif.crm.deadlines import watch_deadlines
from reif.crm.models import Activity, Basis, Claim, Consent, Deal, Identity, Person, Sourced, Visitor
from reif.crm.proof import proof_until
from reif.crm.suppress import suppress
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonErased
from reif.log.redact import redact
from reif.log.rewrite import rewrite

EMPTIED: dict[str, Any] = {
    "email": None, "first_name": "", "last_name": "", "phone": "", "job_title": "", "company": None,
    "company_name": "", "region": "", "city": "", "postal_code": "", "timezone": "", "source_detail_1": "",
    "source_detail_2": "", "utm": {}, "traits": {}, "basis": "", "persona": "", "completeness": None,
    "quality": None, "flaws": "", "told_at": None, "country_guess": "", "country_guess_by": "",
}  # fmt: skip
"""What becomes of a person's columns. Country, language, source, stage and the points for what
they did stay: nobody is known by them. Points for what we knew about them go (qualify hears it)."""
FOLDS = ("first_name_fold", "last_name_fold", "job_title_fold", "company_name_fold", "city_fold", "department", "level")
STRIPPED: dict[str, Any] = {
    "address": "", "url": "", "requested_from": None, "given_from": None, "given_agent": "", "mail_text": "",
    "mail_html": "", "evidence": {}, "kept_until": None,
}  # fmt: skip


def erase(
    people: Iterable[int], *, reason: str = "asked", by: int | None = None, cause: int | None = None
) -> list[int]:
    """Returns those who were forgotten now; unknown and forgotten ones are left out.

    reason: asked, retention, or unconfirmed. Who asked keeps one thing: a keyed hash of the address, so that no import
    makes us write to it again. Of the others not even that.
    """
    with writing():
        rows = list(Person.objects.select_for_update().living().filter(id__in=list(people)))
        ids = [p.pk for p in rows]
        if not ids:
            return []
        if reason == "asked":
            suppress(((a, "") for p in rows for a in (p.email, p.phone) if a), "erased")
        visitors = _let_go(ids)
        _strip_consents(rows)
        _forget_work(rows)
        for row in rows:
            _empty(row)
        rewrite(rows, [*EMPTIED, *FOLDS, "erased_at"])
        Sourced.objects.filter(person__in=ids).delete()
        redact(ids, [v for some in visitors.values() for v in some])
        append(
            *(PersonErased(person=i, reason=reason, visitors=visitors.get(i, []), actor=by, cause=cause) for i in ids)
        )
    return ids


def strip_old_proofs(moment: datetime | None = None) -> int:
    """Proofs that a law made us keep beyond an erasure, once their time is over. Returns how many."""
    return Consent.objects.filter(kept_until__lte=moment or now()).update(**STRIPPED)


def _empty(person: Person) -> None:
    for column, value in EMPTIED.items():
        setattr(person, column, value)
    person.erased_at = now()


def _let_go(people: Sequence[int]) -> dict[int, list[int]]:
    """Browsers and foreign ids lead to nobody any more. Returns the visitors of each person."""
    mine: dict[int, list[int]] = {}
    for visitor, person in Visitor.objects.filter(person__in=people).values_list("id", "person_id"):
        mine.setdefault(person or 0, []).append(visitor)
    Visitor.objects.filter(person__in=people).update(
        key=Concat(Value("gone-"), F("id")),
        person=None,
        utm={},
        landing_path="",
        source_detail_1="",
        source_detail_2="",
        country="",
        country_by="",
    )
    Identity.objects.filter(person__in=people).delete()
    return mine


def _strip_consents(people: Sequence[Person]) -> None:
    """That and when somebody agreed stays as a number; the proof goes, unless a law keeps it."""
    by_id, moment = {p.pk: p for p in people}, now()
    kept, bare = [], []
    for consent in Consent.objects.filter(person__in=by_id):
        until = proof_until(consent, by_id[consent.person_id])
        if until and until > moment:
            consent.kept_until = until
            kept.append(consent)
        else:
            bare.append(consent.pk)
    rewrite(kept, ["kept_until"])
    if kept:
        watch_deadlines()
    Consent.objects.filter(id__in=bare).update(**STRIPPED)
    Consent.objects.filter(person__in=by_id, withdrawn_at=None).update(withdrawn_at=moment, withdrawn_by="erasure")


def _forget_work(people: Sequence[Person]) -> None:
    """Words about the person: activities, deals, bases, open claims."""
    ids = [p.pk for p in people]
    activities = Activity.objects.filter(person__in=ids)
    activities.filter(done_at=None, cancelled_at=None).update(cancelled_at=now())
    activities.update(subject="–", body="", place="")
    _forget_deals({p.pk: p for p in people})
    Basis.objects.filter(person__in=ids).update(evidence="")
    Basis.objects.filter(person__in=ids, valid_to=None).update(valid_to=now())
    Claim.objects.filter(person__in=ids, done_at=None).update(done_at=now())


def _forget_deals(people: dict[int, Person]) -> None:
    deals = list(Deal.objects.filter(person__in=people))
    for deal in deals:
        person = people[deal.person_id or 0]
        for word in (person.email, f"{person.first_name} {person.last_name}".strip(), person.last_name):
            if word and len(word) > 2:
                deal.name = deal.name.replace(word, "–")
        deal.closed_note = ""
    rewrite(deals, ["name", "closed_note"])
