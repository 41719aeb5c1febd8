"""Sources as a tree: category, first drill-down, second, each with people, how far they came, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, IntegerField, Value

from reif.crm.models import SOURCES, TURNS, Sourced
from reif.kit.spending import Spent, spent
from reif.rules.within import EVERYBODY, Within
from reif.staff.period import Period

_SQL = (Path(__file__).parent / "tree.sql").read_text()
_PARTS = ("source", "detail_1", "detail_2")
_CHOSEN = ("%(one)s = ''", "source = %(one)s", "source = %(one)s AND detail_1 = %(two)s")
MOST = 50
"""Lines below one node; the rest is one line of its own."""
Key = tuple[str, ...]


class Numbers(NamedTuple):
    """People, and how many of them have reached a stage or one above it."""

    people: int = 0
    leads: int = 0
    mql: int = 0
    sql: int = 0
    customers: int = 0

    @property
    def rate(self) -> float | None:
        """Customers among the people."""
        return self.customers / self.people if self.people else None

    def less(self, others: Iterable[Numbers]) -> Numbers:
        rest = list(others)
        return Numbers(*(mine - sum(column) for mine, *column in zip(self, *rest, strict=True)))


@dataclass(frozen=True)
class Node:
    """key: category, drill-down 1, drill-down 2, as far as they go. before: people of the period before.

    cost: in cents of the home currency; None when nobody knows. rest: this line stands for all further ones.
    """

    key: Key
    numbers: Numbers
    before: int = 0
    cost: int | None = None
    opened: bool = False
    rest: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def level(self) -> int:
        return len(self.key)

    @property
    def source(self) -> str:
        return self.key[0]

    @property
    def name(self) -> str:
        return self.key[-1]

    @property
    def code(self) -> str:
        """The key in an address."""
        return "~".join(self.key)

    @property
    def per_lead(self) -> float | None:
        return self.cost / self.numbers.leads if self.cost is not None and self.numbers.leads else None

    @property
    def change(self) -> int | None:
        """People in percent against the period before."""
        return round((self.numbers.people / self.before - 1) * 100) if self.before else None


@dataclass(frozen=True)
class Asked:
    """What the tree counts: by the touch `turn`, in a period, the people of a segment or everybody."""

    turn: str
    period: Period
    within: Within = EVERYBODY

    @property
    def before(self) -> Asked:
        return replace(self, period=self.period.before)


def tree(asked: Asked, opened: set[str], only: str = "") -> list[Node]:
    """opened: codes of nodes whose children are wanted. only: one category.

    Two queries, and two more for each node that is open.
    """
    if asked.turn not in TURNS:
        raise ValueError(asked.turn)
    money = None if asked.within.key else spent(asked.period.first, asked.period.last)
    top = _level((), asked, money)
    chosen = [node for node in top if not only or node.source == only]
    return [_open(node, asked, opened, money) for node in chosen]


def total(nodes: Iterable[Node]) -> Node:
    """The sum of the categories."""
    rows = list(nodes)
    sums = Numbers(*(sum(column) for column in zip(*(n.numbers for n in rows), strict=True))) if rows else Numbers()
    costs = [n.cost for n in rows if n.cost is not None]
    return Node(("",), sums, sum(n.before for n in rows), sum(costs) if costs else None)


def _open(node: Node, asked: Asked, opened: set[str], money: list[Spent] | None) -> Node:
    if node.rest or node.level == 3 or node.code not in opened:
        return node
    children = _level(node.key, asked, money)
    shown = children[:MOST]
    if len(children) > MOST:
        rest = node.numbers.less(child.numbers for child in shown)
        shown.append(Node((*node.key, ""), rest, max(0, node.before - sum(c.before for c in shown)), rest=True))
    return replace(node, opened=True, children=[_open(child, asked, opened, money) for child in shown])


def _level(key: Key, asked: Asked, money: list[Spent] | None) -> list[Node]:
    """The nodes below `key`, the largest first; one more than are shown, when there are more."""
    here = numbers(key, asked)
    earlier = numbers(key, asked.before, MOST * 20)
    nodes = {
        name: Node((*key, name), line, earlier.get(name, Numbers()).people, _cost((*key, name), money))
        for name, line in here.items()
    }
    if not key:
        for source in SOURCES:  # what cost something and brought nobody is worth a line
            cost = _cost((source,), money)
            if source not in nodes and cost:
                nodes[source] = Node((source,), Numbers(), earlier.get(source, Numbers()).people, cost)
    return list(nodes.values())


def numbers(key: Key, asked: Asked, most: int = MOST + 1) -> dict[str, Numbers]:
    """By what stands below `key`. One query."""
    moment, period = connection.ops.adapt_datetimefield_value, asked.period
    said = {"turn": asked.turn, "since": moment(period.since), "until": moment(period.until)} | asked.within.asked
    said |= {"one": key[0] if key else "", "two": key[1] if len(key) > 1 else ""}
    whose = asked.within.sql("person_id")
    sql = _SQL.format(part=_PARTS[len(key)], chosen=_CHOSEN[len(key)], whose=whose, most=int(most))
    with connection.cursor() as cursor:
        cursor.execute(sql, said)
        return {row[0]: Numbers(*(int(n) for n in row[1:])) for row in cursor.fetchall()}


def by_week(asked: Asked, mondays: Sequence[date]) -> list[tuple[int, str, int]]:
    """The number of the week, the category, people; of each week the days that the period has. One query."""
    period = asked.period
    days = [Period(max(monday, period.first), min(monday + timedelta(days=6), period.last)) for monday in mondays]
    parts = [
        Sourced.objects.filter(asked.within.people("person"), turn=asked.turn, at__gte=week.since, at__lt=week.until)
        .order_by()
        .values_list(Value(n, IntegerField()), "source")
        .annotate(people=Count("pk"))
        for n, week in enumerate(days)
    ]
    return list(parts[0].union(*parts[1:], all=True))


def _cost(key: Key, money: list[Spent] | None) -> int | None:
    """What was spent on it, where costs say so much: by category, site and campaign."""
    mine = [s for s in money or () if s.source == key[0]]
    if len(key) > 1:
        mine = [s for s in mine if _is(s, key[0], 1, key[1])]
    if len(key) > 2:
        mine = [s for s in mine if _is(s, key[0], 2, key[2])]
    return sum(s.cents for s in mine) if mine else None


def _is(one: Spent, source: str, level: int, name: str) -> bool:
    """Whether a cost belongs to a drill-down: of paid social the site and then the campaign, of others the campaign first."""
    by_site = source in ("PAID_SOCIAL", "SOCIAL_MEDIA")
    if by_site and level == 1:
        return one.site == name
    if by_site or (level == 1 and source in ("PAID_SEARCH", "EMAIL_MARKETING", "OTHER_CAMPAIGNS")):
        return name.lower() in one.names
    return source == "OFFLINE" and level == 2 and name.lower() in one.names
