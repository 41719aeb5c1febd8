"""The form reading: groups of rows, each joined by all or any. From a predicate to fields of a form, and back.

Names: `match` joins the groups, `g0.match` the rows of a group; a row is `g0.r0.field`, `.op`, `.value` (given several
times, or a value a line), `.not`, for traits `.sort`; with `field=did` it is `.kind`, `.topic`, `.at_least`, `.within`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import QueryDict
from django.utils.translation import gettext as _

from reif.rules.decode import BadPredicate, decode
from reif.rules.fields import Field, Type, field_of
from reif.rules.operators import OPERATORS, Wants
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate, Scalar, simple
from reif.rules.values import sort_of

Match = Literal["all", "any"]
Pair = tuple[str, str]
_ROW = re.compile(r"g(\d{1,4})\.r(\d{1,4})\.field")


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


def parse(sent: QueryDict) -> Predicate:
    """What a form says. Rows without a field are skipped. Raises BadPredicate with the row's name as its path."""
    numbers = sorted((int(g), int(r)) for name in sent if (found := _ROW.fullmatch(name)) for g, r in [found.groups()])
    groups: dict[int, list[Predicate]] = {}
    for group, row in numbers:
        name = f"g{group}.r{row}"
        if sent.get(f"{name}.field"):
            groups.setdefault(group, []).append(_row(sent, name))
    joined = tuple(_joined(sent.get(f"g{number}.match"), tuple(of)) for number, of in groups.items())
    return simple(_joined(sent.get("match"), joined))


def _joined(match: str | None, of: tuple[Predicate, ...]) -> Predicate:
    return AnyOf(of) if match == "any" and of else All(of)


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


def _row(sent: QueryDict, name: str) -> Predicate:
    said = _did_of(sent, name) if sent[f"{name}.field"] == "did" else _is_of(sent, name)
    try:
        leaf = decode(said)
    except BadPredicate as bad:
        raise BadPredicate((name, *bad.keys), bad.sentence, bad.remedy) from None
    return Not(leaf) if sent.get(f"{name}.not") else leaf


def _did_of(sent: QueryDict, name: str) -> dict[str, Any]:
    said: dict[str, Any] = {"did": sent.get(f"{name}.kind", ""), "topic": sent.get(f"{name}.topic", "").strip()}
    said["at_least"] = _number(sent.get(f"{name}.at_least") or "1")
    if within := sent.get(f"{name}.within", "").strip():
        said["within"] = _number(within)
    return said


def _is_of(sent: QueryDict, name: str) -> dict[str, Any]:
    field_name, op = str(sent[f"{name}.field"]).strip(), sent.get(f"{name}.op") or "is"
    field, operator = field_of(field_name), OPERATORS.get(op)
    said: dict[str, Any] = {"field": field_name, "op": op}
    if field is None or operator is None or operator.wants is Wants.NOTHING:
        return said
    lines = [line.strip() for value in sent.getlist(f"{name}.value") for line in value.split("\n")]
    values = [_typed(field, op, sent.get(f"{name}.sort", ""), line) for line in lines if line]
    many = operator.wants in (Wants.MANY, Wants.PAIR)
    return {**said, "value": values if many else (values[0] if values else None)}


def _typed(field: Field, op: str, sort: str, text: str) -> Any:
    wants_number = field.type in (Type.NUMBER, Type.USER) or op == "within" or sort == "number"
    if field.type is Type.TRAIT and Type.CODE not in OPERATORS[op].types:
        wants_number = True
    if wants_number:
        return _number(text)
    if field.type is Type.TRUTH or sort == "truth":
        return {"true": True, "false": False, "1": True, "0": False}.get(text.lower(), text)
    return text


def _number(text: str) -> int | float | str:
    """The number that a text says, or the text, which `decode` will refuse with a sentence."""
    plain = text.strip().replace("’", "").replace("'", "")
    for sort in (int, float):
        try:
            return sort(plain)
        except ValueError:
            continue
    return text
