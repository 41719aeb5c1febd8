"""Keep why we may process somebody's data: what they asked for, what they agreed to, what they bought.

Hears form.submitted, lead.received, enquiry.received, consent.given, consent.withdrawn, person.staged. Says basis.recorded, basis.ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reif.capture.forms.form_file import Form, Forms
from reif.crm.basis import Ground, end, record
from reif.crm.models import BasisKind, Consent, Stage
from reif.log.catalogue.intake import EnquiryReceived, LeadReceived
from reif.log.catalogue.people import ConsentGiven, ConsentWithdrawn, PersonStaged
from reif.log.catalogue.web import FormSubmitted
from reif.log.event import Event
from reif.playbook.current import current


def ground(events: Sequence[Event[Any]]) -> None:
    """A request is a step before a contract, a purchase is one, a consent is a consent until the last one is gone."""
    forms: Forms = current("forms")
    record(g for e in events if e.person and (g := _ground(e, forms)))
    gone = {e.person: e.id for e in events if e.person and isinstance(e.fact, ConsentWithdrawn)}
    if gone:
        agreed = Consent.objects.filter(person__in=gone, given_at__isnull=False, withdrawn_at=None)
        left = set(gone) - set(agreed.exclude(basis="soft_opt_in").values_list("person_id", flat=True))
        end(left, BasisKind.CONSENT)


def _ground(event: Event[Any], forms: Forms) -> Ground | None:
    person, fact = event.person or 0, event.fact
    if isinstance(fact, FormSubmitted) and asks_for_something(forms.by_slug(event.topic)):
        return Ground(person, BasisKind.CONTRACT, f"form:{event.topic}", at=event.at, cause=event.id)
    if isinstance(fact, LeadReceived | EnquiryReceived):
        way = "enquiry" if isinstance(fact, EnquiryReceived) else f"lead:{event.topic}"
        return Ground(person, BasisKind.CONTRACT, way[:64], at=event.at, cause=event.id)
    if isinstance(fact, ConsentGiven):
        return Ground(person, BasisKind.CONSENT, f"consent:{event.topic}", at=event.at, cause=event.id)
    if isinstance(fact, PersonStaged) and event.topic == Stage.CUSTOMER:
        return Ground(person, BasisKind.CONTRACT, "customer", at=event.at, cause=event.id)
    return None


def asks_for_something(form: Form | None) -> bool:
    """Everything but a bare subscription, which rests on consent alone."""
    if form is None:
        return True
    return bool(form.gives or form.does.webinar or not any(c.required for c in form.consents))
