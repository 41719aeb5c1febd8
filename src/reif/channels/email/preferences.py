"""What a reader chooses behind the link of a mail: purposes and channels on or off, and the language.

Says consent.requested, consent.given, consent.withdrawn, person.changed. Whoever holds the link got a mail at this address,
so switching mails on is a confirmed consent, with that mail as its proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reif.channels.email.as_sent import as_sent
from reif.channels.law.house import consent_book
from reif.channels.law.shape import Purpose
from reif.channels.models import Message
from reif.crm.consent import address_of, ask, give, withdraw
from reif.crm.law.may import bound
from reif.crm.models import Consent, Person
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonChanged
from reif.log.models import Effect


@dataclass(frozen=True)
class Choice:
    """One switch. key: its name in the form. possible: whether it can be switched on here."""

    purpose: Purpose
    channel: str
    on: bool
    possible: bool

    @property
    def key(self) -> str:
        return f"{self.purpose.key}:{self.channel}"


@dataclass(frozen=True)
class Reader:
    """Who chooses: the person, the mail they came from, and the request that is kept as proof."""

    person: Person
    message: Message
    url: str = ""
    ip: str | None = None
    agent: str = ""
    language: str = "de"


def choices_of(person: Person, language: str) -> list[Choice]:
    """A switch for each purpose and channel of the playbook that this person has an address for."""
    consents = Consent.objects.filter(person=person, given_at__isnull=False, withdrawn_at=None)
    live = {(c.purpose, c.channel) for c in consents if bound(c, address_of(person, c.channel))}
    return [
        Choice(purpose, channel, (purpose.key, channel) in live, bool(purpose.text.in_(language).strip()))
        for purpose in consent_book().purposes
        for channel in purpose.channels
        if channel == "post" or address_of(person, channel)
    ]


def choose(reader: Reader, wanted: Iterable[str]) -> None:
    """Make it so: what was on and is not wanted any more is withdrawn, what is new is given."""
    keys = set(wanted)
    with writing():
        for choice in choices_of(reader.person, reader.language):
            if choice.on and choice.key not in keys:
                withdraw([reader.person.pk], choice.purpose.key, channel=choice.channel, by="preferences")
            elif not choice.on and choice.key in keys and choice.possible:
                _give(reader, choice)


def speak(person: Person, language: str) -> None:
    """The language of mails from now on."""
    if language not in ("de", "en") or person.language == language:
        return
    with writing():
        Person.objects.filter(pk=person.pk).update(language=language)
        append(PersonChanged(person=person.pk, fields=["language"], topic="preferences"))


def _give(reader: Reader, choice: Choice) -> None:
    network = consent_book().confirmation.network
    ip, purpose = reader.ip if network else None, choice.purpose
    consent = ask(
        reader.person, purpose.key, purpose.text.in_(reader.language), purpose.version, channel=choice.channel,
        language=reader.language, form="preferences", url=reader.url, ip=ip,
    )  # fmt: skip
    if choice.channel == "email" and (effect := Effect.objects.filter(id=reader.message.id).first()):
        mail = as_sent(effect)
        Consent.objects.filter(pk=consent.pk).update(
            mail_text=mail.text, mail_html=mail.html, mail_sent_at=reader.message.sent_at
        )
    give(consent, ip=ip, agent=reader.agent, double=choice.channel == "email")
