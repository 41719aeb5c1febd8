"""What somebody ticked on a platform's form: kept as evidence, and confirmed by mail before anything is sent to them.

A tick on somebody else's page is no double opt-in, and the platform sends no words beside it: the words are entered at the
connection, with a version. Without words the answer is kept, and no consent comes of it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reif.capture.intake.path import find
from reif.capture.intake.platforms import Lead
from reif.capture.intake.rule import ConsentRule
from reif.capture.models import Asked, Submission
from reif.capture.models.intake import Call, Connection
from reif.crm.consent import ask
from reif.crm.models import Consent, Person
from reif.kit.clock import now


def agree(connection: Connection, call: Call, lead: Lead, person: Person, cause: int | None) -> None:
    """Keep the answers as a submission; ask for what was agreed to and is not in force yet. Call inside `writing()`."""
    moment = now()
    submission = Submission.objects.create(
        key=f"call:{call.pk}", form=connection.key[:64], person=person, language=_language(person), at=moment,
        data={f"consent:{key}"[:100]: "yes" if ticked else "no" for key, ticked in lead.consents.items()},
        source=person.source, source_detail_1=lead.detail_1[:255], source_detail_2=lead.detail_2[:255], utm=lead.utm,
    )  # fmt: skip
    given = Consent.objects.filter(person=person, channel="email", given_at__isnull=False, withdrawn_at=None)
    known = set(given.values_list("purpose", flat=True))
    for rule in consent_rules(connection.consents):
        words = rule.text or lead.texts.get(rule.path.rpartition("/")[2], "")
        if words and rule.purpose not in known and find(lead.data, rule.path) is True:
            consent = ask(
                person, rule.purpose, words, rule.version or "1", language=_language(person), form=connection.key,
                url=f"{connection.kind}:{lead.form}", cause=cause, submission=submission.pk, at=moment,
            )  # fmt: skip
            Asked.objects.create(submission=submission, consent=consent)
            known.add(rule.purpose)


def consent_rules(stored: Any) -> list[ConsentRule]:
    """From the column of a connection; what cannot be read is left out."""
    found = []
    for one in stored or []:
        try:
            found.append(msgspec.convert(one, ConsentRule))
        except msgspec.ValidationError:
            continue
    return found


def _language(person: Person) -> str:
    return "en" if person.language.startswith("en") else "de"
