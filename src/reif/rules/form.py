"""The form reading: groups of rows, each joined by all or any. From a predicate to fields of a form; `parse.py` reads them.

Names: `match` joins the groups, `g0.match` the rows of a group; a row is `g0.r0.field`, `.op`, `.value` (given several
times, or a value a line), `.not`, for traits `.sort`; with `field=did` it is `.kind`, `.topic`, `.at_least`, `.within`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate, Scalar, simple
from reif.rules.values import sort_of

Match = Literal["all", "any"]
Pair = tuple[str, str]


class NotFlat(ValueError):
    """The predicate has more brackets than the form; show it in words and edit it as text."""


@dataclass(frozen=True)
class Row:
    """One condition. `name` is the beginning of its fields' names."""

    name: str
    leaf: Is | Did
    negated: bool


@dataclass(frozen=True)
class Group:
    name: str
    match: Match
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Form:
    """`match` says whether all groups have to hold, or any."""

    match: Match
    groups: tuple[Group, ...]


def rows(predicate: Predicate) -> Form:
    """The predicate as a form. Raises NotFlat when it has more than two levels."""
    flat = simple(predicate)
    if isinstance(flat, All | AnyOf) and not all(map(_is_row, flat.of)):
        groups = [part if isinstance(part, All | AnyOf) else All((part,)) for part in flat.of]
        return Form(_match(flat), tuple(_group(i, group) for i, group in enumerate(groups)))
    return Form("all", (_group(0, flat if isinstance(flat, All | AnyOf) else All((flat,))),))


def pairs(predicate: Predicate) -> list[Pair]:
    """Names and values of the form, ready for `urlencode`; `parse` of them means the same."""
    form = rows(predicate)
    found: list[Pair] = [("match", form.match)]
    for group in form.groups:
        found.append((f"{group.name}.match", group.match))
        for row in group.rows:
            found += _row_pairs(row)
    return found


def _match(group: All | AnyOf) -> Match:
    return "all" if isinstance(group, All) else "any"


def _is_row(part: Predicate) -> bool:
    return isinstance(part, Is | Did) or (isinstance(part, Not) and isinstance(part.of, Is | Did))


def _group(number: int, group: All | AnyOf) -> Group:
    name = f"g{number}"
    if not group.of and isinstance(group, AnyOf):
        raise NotFlat(_("“Nobody” has no form."))
    return Group(name, _match(group), tuple(_as_row(f"{name}.r{i}", part) for i, part in enumerate(group.of)))


def _as_row(name: str, part: Predicate) -> Row:
    match part:
        case Is() | Did():
            return Row(name, part, False)
        case Not(Is() | Did() as leaf):
            return Row(name, leaf, True)
    raise NotFlat(_("This condition has more brackets than the form can show."))


def _row_pairs(row: Row) -> Iterable[Pair]:
    if row.negated:
        yield f"{row.name}.not", "1"
    if isinstance(row.leaf, Did):
        yield from _did_pairs(row.name, row.leaf)
        return
    yield f"{row.name}.field", row.leaf.field
    yield f"{row.name}.op", row.leaf.op
    values = row.leaf.value if isinstance(row.leaf.value, tuple) else (row.leaf.value,)
    given = [v for v in values if v is not None]
    if given and row.leaf.field.partition(".")[0] in ("traits", "utm") and sort_of(given[0]) != "text":
        yield f"{row.name}.sort", sort_of(given[0])
    for value in given:
        yield f"{row.name}.value", _said(value)


def _did_pairs(name: str, leaf: Did) -> Iterable[Pair]:
    yield f"{name}.field", "did"
    yield f"{name}.kind", leaf.kind
    if leaf.topic:
        yield f"{name}.topic", leaf.topic
    if leaf.at_least != 1:
        yield f"{name}.at_least", str(leaf.at_least)
    if leaf.within_days is not None:
        yield f"{name}.within", str(leaf.within_days)


def _said(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
