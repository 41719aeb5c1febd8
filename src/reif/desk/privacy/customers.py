"""Customers with an address and without any permission: those for whom the soft opt-in may be noted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from reif.crm.law.table import COUNTRIES, written
from reif.crm.models import Consent, Person, Stage
from reif.desk.templatetags.privacy import law_of


def customers_without() -> QuerySet[Person]:
    """No consent of theirs is in force, and no exception is noted."""
    mine = Consent.objects.filter(
        person=OuterRef("pk"), channel="email", given_at__isnull=False, withdrawn_at__isnull=True
    )
    return Person.objects.living().filter(~Exists(mine), stage=Stage.CUSTOMER).exclude(email=None).exclude(email="")


def country_words(codes: Iterable[str]) -> str:
    """Countries in words."""
    return ", ".join(str(law_of(code)) for code in COUNTRIES if code in set(codes))


def asking(condition: str) -> str:
    """The countries whose law asks for a condition."""
    soft = {code: written(code, "email", "consumer").soft or frozenset() for code in COUNTRIES}
    return country_words(code for code, wanted in soft.items() if condition in wanted)
