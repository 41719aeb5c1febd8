"""The consent ledger's verbs: ask, give, withdraw, and who may be mailed.

Says consent.requested, consent.given, consent.withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reif.crm.models import Consent, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import ConsentGiven, ConsentRequested, ConsentWithdrawn


def ask(
    person: Person, purpose: str, text: str, version: str, *, language: str = "de", form: str = "", url: str = "",
    ip: str | None = None, cause: int | None = None, submission: int = 0, at: datetime | None = None,
) -> Consent:  # fmt: skip
    """Note what was shown and agreed to on a form; nothing is permitted before `give`."""
    moment = at or now()
    with writing():
        consent = Consent.objects.create(
            person=person, purpose=purpose, text=text, text_version=version, language=language, form=form,
            url=url[:500], requested_at=moment, requested_from=ip,
        )  # fmt: skip
        append(
            ConsentRequested(
                person=person.id,
                topic=purpose,
                consent=consent.id,
                submission=submission,
                cause=cause,
                at=moment,
            )
        )
    return consent


def give(consent: Consent, *, ip: str | None = None, agent: str = "", double: bool = True, cause: int | None = None,
         at: datetime | None = None) -> bool:  # fmt: skip
    """The person confirmed. True the first time; a second click changes nothing."""
    moment = at or now()
    with writing():
        fresh = Consent.objects.filter(id=consent.id, given_at=None, withdrawn_at=None)
        if not fresh.update(given_at=moment, given_from=ip, given_agent=agent[:300], double=double):
            return False
        append(
            ConsentGiven(
                person=consent.person_id,
                topic=consent.purpose,
                consent=consent.id,
                double=double,
                cause=cause,
                at=moment,
            )
        )
    consent.refresh_from_db()
    return True


def withdraw(people: Iterable[int], purpose: str | None = None, *, by: str = "person", cause: int | None = None,
             at: datetime | None = None) -> int:  # fmt: skip
    """Take back every given or asked consent of these people, for one purpose or for all. Returns how many."""
    moment = at or now()
    with writing():
        rows = Consent.objects.select_for_update().filter(person__in=list(people), withdrawn_at=None)
        taken = list(rows.filter(purpose=purpose) if purpose else rows)
        Consent.objects.filter(id__in=[c.id for c in taken]).update(withdrawn_at=moment, withdrawn_by=by[:64])
        append(
            *(
                ConsentWithdrawn(person=c.person_id, topic=c.purpose, consent=c.id, cause=cause, at=moment)
                for c in taken
            )
        )
    return len(taken)


def may_mail(people: Iterable[int], purpose: str = "marketing") -> set[int]:
    """Those who have given this consent for mail and not taken it back."""
    given = Consent.objects.filter(
        person__in=list(people), purpose=purpose, channel="email", given_at__isnull=False, withdrawn_at=None
    )
    return set(given.filter(person__erased_at=None).values_list("person_id", flat=True))
