"""Write whom people are like. The one place that does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reif.crm.models import Person

PIECE = 5000


def set_personas(people: Mapping[str, Iterable[int]]) -> None:
    """By persona, who is like it; one statement for 5,000. Call inside `writing()`."""
    for persona, some in people.items():
        ids = list(some)
        for i in range(0, len(ids), PIECE):
            Person.objects.filter(id__in=ids[i : i + PIECE]).update(persona=persona)
