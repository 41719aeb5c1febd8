"""A journey as a list of nodes that name each other; what is stored, and what people walk on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

import msgspec

from reif.nurture.journeys import Journey, Step, span
from reif.rules.decode import decode, encode
from reif.rules.predicates import Predicate

END = ""


class Node(msgspec.Struct, frozen=True, omit_defaults=True):
    """yes, no: where the two ways of a branch or split lead; next: where all others do. END is the end."""

    id: str
    kind: str
    next: str = END
    yes: str = END
    no: str = END
    mail: str = ""
    seconds: int = 0
    morning: bool = False
    percent: int = 0
    condition: object = None

    @property
    def predicate(self) -> Predicate:
        return decode(self.condition)


class Graph(msgspec.Struct, frozen=True, omit_defaults=True):
    """Begins at `start`. exit_when, goal: conditions in their own form."""

    start: str
    nodes: list[Node]
    exit_when: object = None
    goal: object = None

    def node(self, id: str) -> Node:
        return next(n for n in self.nodes if n.id == id)


def graph_of(journey: Journey) -> Graph:
    """Steps in order become nodes; both ways of a branch go on after it."""
    nodes: list[Node] = []
    start = _lay(list(_named(journey)), END, nodes)
    return Graph(
        start,
        nodes,
        encode(journey.exit_when) if journey.exit_when else None,
        encode(journey.goal) if journey.goal else None,
    )


def text_of(graph: Graph) -> str:
    return msgspec.json.encode(graph).decode()


@lru_cache(maxsize=200)
def graph_from(text: str) -> Graph:
    return msgspec.json.decode(text, type=Graph)


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Named(msgspec.Struct, frozen=True):
    """A step with the id it goes by, and its ways likewise."""

    id: str
    step: Step
    yes: list[Named] = []
    no: list[Named] = []


def named_steps(journey: Journey) -> list[Named]:
    """Every step with its id: its own, else the mail's key, else its kind and a number."""
    return list(_named(journey))


def _named(journey: Journey) -> Iterator[Named]:
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = {}

    def name(step: Step) -> str:
        wanted = step.id or step.mail
        while not wanted or wanted in taken:
            wanted = f"{step.kind}-{next(numbers.setdefault(step.kind, count(1)))}"
        taken.add(wanted)
        return wanted

    def walk(steps: list[Step]) -> list[Named]:
        return [Named(name(s), s, walk(s.yes), walk(s.no)) for s in steps]

    yield from walk(journey.steps)


def _lay(steps: list[Named], after: str, nodes: list[Node]) -> str:
    """Lay the nodes of these steps so that the last leads to `after`. Returns where they begin."""
    for one in reversed(steps):
        step, wait = one.step, span(one.step.wait)
        yes, no = _lay(one.yes, after, nodes), _lay(one.no, after, nodes)
        node = Node(
            one.id,
            step.kind,
            END if step.end else after,
            yes if step.kind in ("branch", "split") else END,
            no if step.kind in ("branch", "split") else END,
            step.mail,
            int(wait.total_seconds()) if wait else 0,
            step.morning,
            step.split or step.holdout,
            encode(step.branch) if step.branch is not None else None,
        )
        nodes.insert(0, node)
        after = one.id
    return after
