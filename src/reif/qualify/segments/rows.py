"""Conditions as rows of a form: fields to choose from, operators, values, and the next free row."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from reif.rules.fields import field_of
from reif.rules.form import Row
from reif.rules.operators import OPERATORS, Wants
from reif.rules.predicates import Did
from reif.rules.values import sort_of
from reif.rules.vocabulary import vocabulary
from reif.staff.models import User

NAME = re.compile(r"g(\d{1,3})\.r(\d{1,3})")


def row_of(row: Row) -> dict[str, Any]:
    """A row as the template draws it."""
    if isinstance(row.leaf, Did):
        leaf = row.leaf
        return blank(row.name, "did") | {
            "negated": row.negated, "kind": leaf.kind, "topic": leaf.topic, "at_least": leaf.at_least,
            "within": leaf.within_days or "",
        }  # fmt: skip
    value = row.leaf.value
    given = value if isinstance(value, tuple) else () if value is None else (value,)
    said = tuple(str(v).lower() if isinstance(v, bool) else str(v) for v in given)
    return blank(row.name, row.leaf.field, row.leaf.op) | {
        "negated": row.negated, "values": said, "text": "\n".join(said), "sort": sort_of(given[0]) if given else "",
    }  # fmt: skip


def blank(name: str, chosen: str = "", op: str = "") -> dict[str, Any]:
    """An empty row with a field chosen."""
    words = vocabulary(get_language() or "de")
    field: Any = next((f for f in words["fields"] if f["name"] == chosen), None)
    if field is None and field_of(chosen):
        field = {"name": chosen, "words": chosen, "type": "trait", "operators": words["traits"], "choices": []}
    ops = [o["name"] for o in field["operators"]] if field else []
    op = op if op in ops else (ops[0] if ops else "")
    wants = OPERATORS[op].wants if op else Wants.NOTHING
    staff = User.objects.filter(is_active=True).order_by("last_name") if field and field["type"] == "user" else ()
    return {
        "name": name, "chosen": chosen, "field": field, "op": op, "wants": str(wants), "kinds": words["kinds"],
        "fields": words["fields"], "staff": staff, "values": (), "text": "", "at_least": 1, "kind": "", "topic": "",
        "within": "", "negated": False, "trait": bool(field) and field["type"] == "trait", "sort": "",
    }  # fmt: skip


def again(sent: QueryDict, name: str) -> dict[str, Any]:
    """The row after its field or operator changed: the values stay where they still fit."""
    chosen = sent.get(f"{name}.field", "")
    values = tuple(v for v in sent.getlist(f"{name}.value") if v)
    did = {part: sent[f"{name}.{part}"] for part in ("kind", "topic", "at_least", "within") if f"{name}.{part}" in sent}
    return blank(name, chosen, sent.get(f"{name}.op", "")) | did | {
        "negated": bool(sent.get(f"{name}.not")), "values": values, "text": "\n".join(values),
        "sort": sent.get(f"{name}.sort", ""),
    }  # fmt: skip


def row_names(sent: QueryDict) -> list[str]:
    """The rows that a form sent, in order."""
    found = {m[0]: (int(m[1]), int(m[2])) for name in sent if (m := NAME.match(name))}
    return sorted(found, key=lambda name: found[name])


def boxes_of(sent: QueryDict) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """The groups of a form as it was sent: name, how its rows belong together, the rows."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name in row_names(sent):
        found.setdefault(name.partition(".")[0], []).append(again(sent, name))
    return [(group, sent.get(f"{group}.match", "all"), of) for group, of in found.items()]


def next_name(sent: QueryDict, group: str) -> str:
    """The name of one more row in a group (`g0`), or of the first row of a new group."""
    there = [(int(m[1]), int(m[2])) for name in sent if (m := NAME.match(name))]
    number = int(group[1:]) if re.fullmatch(r"g\d{1,3}", group) else max((g for g, _r in there), default=-1) + 1
    return f"g{number}.r{max((r for g, r in there if g == number), default=-1) + 1}"
