"""Segments that ask for other segments: which come first, and who asks in a circle."""

from __future__ import annotations

from collections.abc import Iterable

from reif.qualify.ways import Segment
from reif.rules.predicates import Did, Predicate, leaves
from reif.rules.values import keys


def asked(predicate: Predicate | None) -> set[str]:
    """The segments that a condition asks for."""
    if predicate is None:
        return set()
    named = (leaf for leaf in leaves(predicate) if not isinstance(leaf, Did) and leaf.field == "segment")
    return {key for leaf in named for key in keys(leaf)}


def in_order(segments: Iterable[Segment]) -> list[Segment]:
    """Each after those that its condition asks for."""
    by_key = {s.key: s for s in segments}
    done: dict[str, Segment] = {}

    def take(key: str, way: tuple[str, ...]) -> None:
        if key in done or key not in by_key or key in way:
            return
        for other in sorted(asked(by_key[key].when)):
            take(other, (*way, key))
        done[key] = by_key[key]

    for key in by_key:
        take(key, ())
    return list(done.values())


def circle(segments: Iterable[Segment]) -> list[str]:
    """The keys of a circle, its first one at either end; nothing when there is none."""
    needs = {s.key: asked(s.when) for s in segments}

    def walk(key: str, way: list[str]) -> list[str]:
        if key in way:
            return [*way[way.index(key) :], key]
        return next((found for other in sorted(needs.get(key, ())) if (found := walk(other, [*way, key]))), [])

    return next((found for key in needs if (found := walk(key, []))), [])
