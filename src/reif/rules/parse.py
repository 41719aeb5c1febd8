"""What a form of conditions sent, as a predicate; `form.py` says how its fields are called."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from reif.rules.decode import BadPredicate, decode
from reif.rules.fields import Field, Type, field_of
from reif.rules.happenings import label
from reif.rules.operators import OPERATORS, Wants
from reif.rules.predicates import All, AnyOf, Not, Predicate, simple

_ROW = re.compile(r"g(\d{1,4})\.r(\d{1,4})\.field")


def parse(sent: QueryDict) -> Predicate:
    """What a form says. Rows without a field are skipped. Raises BadPredicate with the row's name as its path."""
    predicate, unread = so_far(sent)
    if unread:
        raise unread[0]
    return predicate


def so_far(sent: QueryDict) -> tuple[Predicate, list[BadPredicate]]:
    """What the rows say that can be read already, and what is wrong with each of the others."""
    numbers = sorted((int(g), int(r)) for name in sent if (found := _ROW.fullmatch(name)) for g, r in [found.groups()])
    groups: dict[int, list[Predicate]] = {}
    unread: list[BadPredicate] = []
    for group, row in numbers:
        name = f"g{group}.r{row}"
        if not sent.get(f"{name}.field"):
            continue
        try:
            groups.setdefault(group, []).append(_row(sent, name))
        except BadPredicate as bad:
            unread.append(bad)
    joined = tuple(_joined(sent.get(f"g{number}.match"), tuple(of)) for number, of in groups.items() if of)
    return simple(_joined(sent.get("match"), joined)), unread


def wrong(sent: QueryDict, bad: BadPredicate) -> str:
    """What is wrong with a row and what to do, after what it asks about: “Country: …”."""
    name, language = (str(bad.keys[0]) if bad.keys else ""), get_language() or "en"
    asked = sent.get(f"{name}.field", "")
    field = field_of(asked)
    about = (
        label(sent.get(f"{name}.kind", ""), language) if asked == "did" else field.words(language) if field else asked
    )
    return f"{about}: {bad.sentence} {bad.remedy}".removeprefix(": ").strip()


def _joined(match: str | None, of: tuple[Predicate, ...]) -> Predicate:
    return AnyOf(of) if match == "any" and of else All(of)


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
