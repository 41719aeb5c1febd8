"""What the forms of the year do not bring: customers under the soft opt-in, consents to be called, and two data requests."""

from __future__ import annotations

from reif.crm.claims import claim
from reif.crm.consent import ask, give
from reif.crm.models import Claim, Person, Stage
from reif.crm.permit import note_customers
from reif.playbook.current import current

EVERY = 6
ENOUGH = ("purchase", "own_similar", "notice_at_collection", "no_objection")


def agree_otherwise() -> None:
    """A few of each, so that the pages about consent have something to show."""
    living = Person.objects.living().exclude(email=None)
    agreed = living.filter(consents__given_at__isnull=False, consents__withdrawn_at=None).distinct()
    customers = living.filter(stage=Stage.CUSTOMER).exclude(consents__given_at__isnull=False)
    note_customers(list(customers), ENOUGH, source="Vertrag")
    purpose = current("consent").by_key("marketing")
    for person in agreed.exclude(phone="").order_by("id")[::EVERY]:
        words = purpose.text.in_("de").replace("erhalten", "am Telefon erhalten")
        give(ask(person, purpose.key, words, purpose.version, channel="phone", form="demo"), double=False)
    for person, kind in zip(agreed.order_by("-id")[:2], Claim.Kind.values, strict=False):
        claim(person, kind)
