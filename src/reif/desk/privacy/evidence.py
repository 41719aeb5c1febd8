"""The proof of consents: every word and time that was kept, as plain values for JSON and as a document for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reif.channels.email.limits import sender
from reif.crm.law.words import CHANNEL_WORDS, CONDITION_WORDS
from reif.crm.models import Consent, Person
from reif.desk.codes import word
from reif.desk.privacy.paper import Part, moment, set_document
from reif.kit.clock import now

FORMAT = "reif.consent/1"


def evidence_of(person: Person, consents: Iterable[Consent] | None = None) -> dict[str, Any]:
    """All consents of a person, or the given ones, newest first; times in ISO 8601 with their zone."""
    rows = consents if consents is not None else person.consents.order_by("-requested_at", "-id")
    return {
        "format": FORMAT,
        "written_at": _iso(now()),
        "controller": sender().company,
        "person": {"id": person.pk, "name": person.name, "email": person.email or "", "phone": person.phone},
        "consents": [one(c) for c in rows.prefetch_related("uses")]
        if hasattr(rows, "prefetch_related")
        else [one(c) for c in rows],
    }


def one(consent: Consent) -> dict[str, Any]:
    """Everything that is kept of one consent."""
    return {
        "id": consent.pk, "state": consent.state, "purpose": consent.purpose, "channel": consent.channel,
        "address": consent.address, "basis": consent.basis, "text": consent.text, "version": consent.text_version,
        "language": consent.language, "form": consent.form, "page": consent.url,
        "requested_at": _iso(consent.requested_at), "requested_from": consent.requested_from,
        "given_at": _iso(consent.given_at), "given_from": consent.given_from, "agent": consent.given_agent,
        "double_opt_in": consent.double, "conditions": consent.conditions, "sufficient_in": consent.fits,
        "evidence": consent.evidence,
        "confirmation_mail": {
            "sent_at": _iso(consent.mail_sent_at), "text": consent.mail_text, "html": consent.mail_html,
        } if consent.mail_text else None,
        "withdrawn_at": _iso(consent.withdrawn_at), "withdrawn_by": consent.withdrawn_by,
        "used_at": [_iso(use.at) for use in consent.uses.all()],
    }  # fmt: skip


def evidence_paper(person: Person, consents: Iterable[Consent] | None = None) -> bytes:
    """The same as a PDF in the active language."""
    rows = list(consents if consents is not None else person.consents.order_by("-requested_at", "-id"))
    parts = [part for consent in rows for part in parts_of(consent)]
    title = _("Proof of consent")
    subtitle = f"{person.name} · {person.email or person.phone or ''}\n{sender().company}"
    return set_document(title, subtitle, parts or [Part(words=_("No consent is on record."))])


def parts_of(consent: Consent) -> list[Part]:
    """One consent: what, the words, the two times, the mail, what came later."""
    head = f"{word('purpose', consent.purpose)} · {CHANNEL_WORDS.get(consent.channel, consent.channel)}"
    parts = [Part(f"{head} ({state_word(consent.state)})", 1, pairs=_facts(consent))]
    if consent.text:
        parts.append(Part(_("The words, as they were shown"), quote=consent.text))
    if consent.conditions:
        met = [str(CONDITION_WORDS.get(c, c)) for c in consent.conditions]
        parts.append(Part(_("Conditions that are met"), plain="\n".join(f"· {c}" for c in met)))
    if consent.mail_text:
        parts.append(Part(_("The confirmation mail, as it was sent"), plain=consent.mail_text))
    return parts


def state_word(state: str) -> str:
    """given, withdrawn, asked: in words."""
    return {"given": _("given"), "withdrawn": _("withdrawn")}.get(state, _("asked"))


def _facts(consent: Consent) -> list[tuple[str, str]]:
    pairs = [
        (_("Record no."), str(consent.pk)),
        (_("Address"), consent.address),
        (_("Kind"), basis_word(consent.basis)),
        (_("Version of the text"), f"{consent.text_version or '–'} ({consent.language})"),
        (_("Form"), consent.form),
        (_("Page"), consent.url),
        (_("Agreed on the form"), _at(consent.requested_at, consent.requested_from)),
        (_("Confirmation mail sent"), moment(consent.mail_sent_at)),
        (_("Confirmed"), _at(consent.given_at, consent.given_from)),
        (_("Browser"), consent.given_agent),
        (_("Double opt-in"), _("yes") if consent.double else _("no")),
        (_("Withdrawn"), moment(consent.withdrawn_at) + (f" ({consent.withdrawn_by})" if consent.withdrawn_by else "")),
    ]
    pairs += [(_("Evidence: %(name)s") % {"name": name}, str(value)) for name, value in consent.evidence.items()]
    if consent.used_at:
        pairs.append((_("Last used for a call"), moment(consent.used_at)))
    return pairs


def basis_word(basis: str) -> str:
    """Where a permission comes from, in words."""
    words = {
        "consent": _("Consent on a form"),
        "soft_opt_in": _("Soft opt-in (customer)"),
        "imported": _("Consent from elsewhere"),
    }
    return words.get(basis, basis)


def _at(at: datetime | None, address: str | None) -> str:
    return f"{moment(at)} · {address}" if at and address else moment(at)


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
