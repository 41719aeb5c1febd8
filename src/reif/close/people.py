"""Find people by the beginning of a name, a company or an address, for the field of a deal."""

from __future__ import annotations

from django.db.models import Q

from reif.crm.models import Person
from reif.kit.fold import fold
from reif.staff.models import User

MOST = 8


def find_people(user: User, text: str) -> list[Person]:
    """At most eight, by indexes; nothing for less than two letters."""
    word, rest = [*fold(text).split(" ", 1), ""][:2]
    if len(word) < 2:
        return []
    starts = Q(first_name_fold__prefix=word) | Q(last_name_fold__prefix=word) | Q(company_name_fold__prefix=fold(text))
    starts |= Q(email__startswith=text.strip().lower())
    found = Person.objects.living().visible_to(user).filter(starts, email__isnull=False)
    if rest:
        found = found.filter(Q(last_name_fold__prefix=rest) | Q(company_name_fold__prefix=fold(text)))
    return list(found.select_related("company").order_by("-score", "-id")[:MOST])


def as_choice(person: Person) -> str:
    """As the field reads it."""
    return f"{person.name} <{person.email}>"
