"""How many browsers may a person's mails make known? A link that was passed on would make strangers of a whole office one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count

from reif.crm.models import Visitor
from reif.kit.clock import now

MOST, WITHIN = 4, timedelta(days=30)
"""Telephone, tablet, and two computers."""


def few_by_mail(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs of visitor and person, those that stay below the limit; whoever is over it stays unknown."""
    if not pairs:
        return []
    lately = Visitor.objects.filter(identified_by="mail", identified_at__gt=now() - WITHIN)
    mine = lately.filter(person__in={person for _visitor, person in pairs}).order_by().values("person")
    taken = Counter({row["person"]: row["n"] for row in mine.annotate(n=Count("id"))})
    kept = []
    for visitor, person in pairs:
        if taken[person] < MOST:
            taken[person] += 1
            kept.append((visitor, person))
    return kept
