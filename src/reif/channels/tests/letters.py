"""Plain functions that make mails for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from reif.channels.email.compose import Letter, queue
from reif.channels.mails import Block, Mail, Mails, Sender, Words
from reif.crm.consent import ask, give
from reif.crm.models import Person
from reif.crm.tests.people import a_person
from reif.log.models import Effect

_numbers = count(1)

HOUSE = Sender(
    company="Talentwerk", legal_form="AG", seat="Zürich", register="Handelsregister des Kantons Zürich CHE-000.000.000",
    directors=["Corinne Amstutz", "Reto Lüthi"], street="Limmatquai 112", postcode="8001", city="Zürich",
    country="Schweiz", vat="CHE-000.000.000 MWST", phone="+41 44 000 00 00", from_name="Talentwerk", from_address="hallo@talentwerk.example",
    signature=Words(de="Freundliche Grüsse", en="Kind regards"),
)  # fmt: skip


def texts(*mails: Mail, **fields: Any) -> Mails:
    return Mails(**{"sender": HOUSE, "mail": list(mails) or [a_mail(), a_mail("confirm", "service")]} | fields)


def a_mail(key: str = "news", kind: str = "marketing") -> Mail:
    return Mail(
        key=key,
        kind=kind,  # type: ignore[arg-type]
        subject=Words(de="Grüezi {{ person.first_name }}: Neues", en="Hi {{ person.first_name }}: news"),
        blocks=[
            Block(
                text=Words(de="{{ greeting }}\n\nMehr im [Blog](/blog/neu) & dort.", en="See the [blog](/blog/neu).")
            ),
            Block(button=Words(de="Lesen", en="Read"), href="https://other.example/x?a=1&b=2"),
            Block(signature=True),
        ],
    )


def a_reader(allowed: bool = True, **fields: Any) -> Person:
    """Somebody with a confirmed permission."""
    person = a_person(**{"first_name": "Jörg", "last_name": "Müller", "language": "de"} | fields)
    if allowed:
        give(ask(person, "marketing", "Ja, gern.", "v1"))
    return person


def a_letter(person: Person | None = None, **fields: Any) -> Effect:
    """Queued for a reader; the texts must be printed before."""
    person = person or a_reader()
    letter = Letter(**{"key": f"x:{next(_numbers)}", "mail": "news", "person": person.id} | fields)
    return Effect.objects.get(id=queue([letter])[letter.key])
