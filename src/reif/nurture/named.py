"""Which segments the journeys in force name; of all others, nobody here needs to hear who comes and goes."""

from __future__ import annotations

from collections.abc import Iterator

from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.fact import kind_of
from reif.nurture.versions import journeys
from reif.rules.predicates import Did, leaves
from reif.rules.values import keys

ENTERED, LEFT = kind_of(SegmentEntered), kind_of(SegmentLeft)


def begins_with(segment: str) -> bool:
    """A journey begins with coming into it."""
    return any(j.enter.event == ENTERED and j.enter.topic in ("", segment) for j in journeys())


def ends_with(segment: str) -> bool:
    """The goal of a journey or its exit asks for it."""
    return any(topic in ("", segment) or (topic[-1] == "*" and segment.startswith(topic[:-1])) for topic in _asked())


def _asked() -> Iterator[str]:
    ends = [when for j in journeys() for when in (j.goal, j.exit_when) if when is not None]
    for leaf in (leaf for when in ends for leaf in leaves(when)):
        if isinstance(leaf, Did):
            yield from [leaf.topic] if leaf.kind in (ENTERED, LEFT) else []
        elif leaf.field == "segment":
            yield from keys(leaf)
