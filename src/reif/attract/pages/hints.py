"""What the types of a block's fields ask for in a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec

from reif.attract.pages.parts import Link


def reading(hint: Any) -> tuple[str, Any, Mapping[str, Any]]:
    """What kind of field a type asks for: its sort, its inner type, what is said about it."""
    mark: Mapping[str, Any] = {}
    if get_origin(hint) is Annotated:
        hint, *said = get_args(hint)
        mark = next((m.extra for m in said if isinstance(m, msgspec.Meta) and m.extra), {})
    parts = [a for a in get_args(hint) if a is not type(None)] if type(None) in get_args(hint) else [hint]
    inner = parts[0]
    if inner is Link:
        return "link", Link, mark
    if get_origin(inner) is list:
        of = get_args(inner)[0]
        return ("rows", of, mark) if get_origin(of) is list else ("list", of, mark)
    if get_origin(inner) is Literal:
        return "choice", inner, mark
    return str(mark.get("as") or {bool: "tick", int: "number"}.get(inner, "short")), inner, mark


def must(hint: Any) -> bool:
    return type(None) not in get_args(hint)


def default(kind: type[msgspec.Struct], name: str) -> Any:
    found = next(f for f in msgspec.structs.fields(kind) if f.name == name)
    return None if found.default is msgspec.NODEFAULT else found.default


def at(value: Any, number: str) -> Any:
    return value[int(number)] if isinstance(value, list) and number.isdigit() and int(number) < len(value) else None
