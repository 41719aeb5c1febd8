"""Give people to sellers, or to nobody. The one place that writes an owner; who asks says why."""

from __future__ import annotations

from collections import defaultdict

from reif.crm.models import Person


def set_owner(owners: dict[int, int | None]) -> None:
    """owners: person id to staff user id. Call inside `writing()`, beside the fact that explains it."""
    by_owner: dict[int | None, list[int]] = defaultdict(list)
    for person, owner in owners.items():
        by_owner[owner].append(person)
    for owner, people in by_owner.items():
        Person.objects.filter(id__in=people).update(owner=owner)
