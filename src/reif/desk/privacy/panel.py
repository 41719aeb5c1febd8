"""What the page of a person says about permission: may we write, may we call, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.channels.law.house import consent_book
from reif.channels.law.shape import Purpose
from reif.crm.basis import in_force
from reif.crm.law.may import Verdict, may
from reif.crm.models import Person

ASKED = {"email": "mail", "phone": "phone", "sms": "message-square", "post": "mailbox"}


@dataclass(frozen=True)
class Answer:
    """One question with its answer. icon: of the channel."""

    question: str
    icon: str
    purpose: str
    verdict: Verdict


def permissions(person: Person) -> dict[str, Any]:
    """answers: one for each purpose and channel of the playbook; consents, newest first; bases in force."""
    purposes = consent_book().purposes
    several = len(purposes) > 1
    answers = [_answer(person, p, channel, several) for p in purposes for channel in p.channels]
    consents = list(person.consents.order_by("-requested_at")[:10])
    bases = in_force(person)
    return {"answers": answers, "consents": consents, "bases": bases, "uninformed": _uninformed(bases)}


def _answer(person: Person, purpose: Purpose, channel: str, several: bool) -> Answer:
    questions = {
        "email": _("May we write?"),
        "phone": _("May we call?"),
        "sms": _("May we send an SMS?"),
        "post": _("May we send a letter?"),
    }
    title = purpose.title.in_(get_language() or "de") if several else ""
    return Answer(questions[channel], ASKED[channel], title, may(person, purpose.key, channel))


def _uninformed(bases: list[Any]) -> Any:
    """The earliest day by which somebody must be told where their data come from."""
    open_ones = [b.inform_by for b in bases if b.inform_by and not b.informed_at]
    return min(open_ones, default=None)
