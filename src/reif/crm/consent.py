"""The consent ledger's verbs: ask, give, withdraw, and who may be mailed.

Says consent.requested, consent.given, consent.withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reif.crm.law.may import verdicts
from reif.crm.models import Consent, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import ConsentGiven, ConsentRequested, ConsentWithdrawn
from reif.log.fact import Cause


def ask(
    person: Person, purpose: str, text: str, version: str, *, channel: str = "email", address: str = "",
    language: str = "de", form: str = "", url: str = "", ip: str | None = None, cause: Cause = None,
    submission: int = 0, at: datetime | None = None,
) -> Consent:  # fmt: skip
    """Note what was shown and agreed to on a form; nothing is permitted before `give`.

    address: what the permission is bound to; without it, the person's mail address or telephone number of this moment.
    """
    moment = at or now()
    with writing():
        consent = Consent.objects.create(
            person=person, purpose=purpose, channel=channel, address=address or address_of(person, channel), text=text,
            text_version=version, language=language, form=form, url=url[:500], requested_at=moment, requested_from=ip,
        )  # fmt: skip
        append(
            ConsentRequested(
                person=person.id, topic=purpose, channel=channel, consent=consent.id, submission=submission,
                cause=cause, at=moment,
            )
        )  # fmt: skip
    return consent


def give(consent: Consent, *, ip: str | None = None, agent: str = "", double: bool = True, cause: Cause = None,
         at: datetime | None = None) -> bool:  # fmt: skip
    """The person confirmed. True the first time; a second click changes nothing."""
    moment = at or now()
    with writing():
        fresh = Consent.objects.filter(id=consent.id, given_at=None, withdrawn_at=None)
        if not fresh.update(given_at=moment, given_from=ip, given_agent=agent[:300], double=double):
            return False
        append(
            ConsentGiven(
                person=consent.person_id, topic=consent.purpose, channel=consent.channel, consent=consent.id,
                double=double, cause=cause, at=moment,
            )
        )  # fmt: skip
    consent.refresh_from_db()
    return True


def withdraw(people: Iterable[int], purpose: str | None = None, *, channel: str | None = None, by: str = "person",
             cause: Cause = None, at: datetime | None = None) -> int:  # fmt: skip
    """Take back every given or asked consent of these people, for one purpose and channel or for all. Returns how many."""
    moment = at or now()
    with writing():
        rows = Consent.objects.select_for_update().filter(person__in=list(people), withdrawn_at=None)
        rows = rows.filter(purpose=purpose) if purpose else rows
        taken = list(rows.filter(channel=channel) if channel else rows)
        Consent.objects.filter(id__in=[c.id for c in taken]).update(withdrawn_at=moment, withdrawn_by=by[:64])
        append(
            *(
                ConsentWithdrawn(
                    person=c.person_id, topic=c.purpose, channel=c.channel, consent=c.id, cause=cause, at=moment
                )
                for c in taken
            )
        )
    return len(taken)


def may_mail(people: Iterable[int], purpose: str = "marketing") -> set[int]:
    """Those who may get mails for this purpose, under the law of their country and ours."""
    return {person for person, verdict in verdicts(people, purpose).items() if verdict.yes}


def address_of(person: Person, channel: str) -> str:
    """What a permission for this channel is bound to."""
    return {"email": person.email or "", "phone": person.phone, "sms": person.phone}.get(channel, "")
