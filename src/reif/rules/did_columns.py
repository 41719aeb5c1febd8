"""Whether something happened, in the columnar reading: by the deeds of the lake, as of a moment."""

from __future__ import annotations

from reif.rules.columns import literal
from reif.rules.predicates import Did


def happened(leaf: Did, now: str) -> str:
    """A condition on `p.id`; now: SQL of a moment that is the same for everybody."""
    return f"p.id IN ({who(leaf, now)})"


def who(leaf: Did, now: str) -> str:
    """A query for the people who did it, each once."""
    since = f' AND d."at" >= {now} - INTERVAL {leaf.within_days} DAY' if leaf.within_days is not None else ""
    asked = f'{matches(leaf.kind, leaf.topic)} AND d."at" <= {now}{since}'
    return f"SELECT person FROM deeds d WHERE {asked} GROUP BY person HAVING count(*) >= {leaf.at_least}"


def matches(kind: str, *topics: str) -> str:
    """A condition on deeds `d`: of the kind, and of one of the topics, exact or a beginning with a star; none means any."""
    of = f"d.kind = {literal(kind)}"
    if not topics or "" in topics or "*" in topics:
        return of
    parts = [f"starts_with(d.topic, {literal(t[:-1])})" for t in topics if t.endswith("*")]
    exact = [literal(t) for t in topics if not t.endswith("*")]
    parts += [f"d.topic IN ({', '.join(exact)})"] if exact else []
    return f"({of} AND ({' OR '.join(parts)}))"
