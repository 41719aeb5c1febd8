"""Attach visitors to people, and with them all that are known to be the same.

Says visitor.identified through `crm.attach_visitor`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from reif.capture.models import Alias
from reif.crm.attach_visitor import attach
from reif.log.fact import Cause

HOPS = 5


def attach_with_aliases(pairs: Iterable[tuple[int, int]], by: str, cause: Cause = None,
                        at: datetime | None = None) -> list[int]:  # fmt: skip
    """pairs of visitor id and person id; aliases of a visitor follow it. Returns the visitors that were attached now."""
    wanted = dict(reversed(list(pairs)))
    new = set(wanted)
    for _ in range(HOPS):
        found = {there: wanted[here] for here, there in _links(new) if here in wanted and there not in wanted}
        if not found:
            break
        wanted |= found
        new = set(found)
    return attach(wanted.items(), by=by, cause=cause, at=at)


def _links(visitors: set[int]) -> list[tuple[int, int]]:
    """Aliases of these visitors, both ways round."""
    ids = list(visitors)
    links: list[tuple[int, int]] = []
    for start in range(0, len(ids), 400):
        some = ids[start : start + 400]
        links += Alias.objects.filter(Q(left__in=some) | Q(right__in=some)).values_list("left_id", "right_id")
    return [*links, *((right, left) for left, right in links)]
