"""Find values in JSON by path.

A path is a JSON Pointer (`/payload/email`) or dotted (`payload.email`). Two segments are our own: `*` means each entry of a
list, `[type=email]` the first entry whose value at `type` is `email`; `[field.ref=budget]` looks deeper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_DOTTED = re.compile(r"\[[^\]]*\]|[^.\[\]]+")
_CHOICE = re.compile(r"^\[([^=\]]+)=([^\]]*)\]$")
MOST = 400


def find(data: Any, path: str) -> Any:
    """The value at a path; None when there is none. With `*`, the list of what was found."""
    return _find(data, segments(path))


def segments(path: str) -> list[str]:
    """The steps of a path; none for the whole."""
    if path.startswith("/"):
        return [part.replace("~1", "/").replace("~0", "~") for part in path[1:].split("/")]
    return _DOTTED.findall(path)


def pointer(*steps: str | int) -> str:
    """Steps as a JSON Pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def leaves(data: Any) -> list[tuple[str, Any]]:
    """Every simple value with its pointer, in reading order, at most 400; what a page offers to click."""
    found = []
    for one in _leaves(data, ()):
        found.append(one)
        if len(found) == MOST:
            break
    return found


def _find(data: Any, steps: list[str]) -> Any:
    for number, step in enumerate(steps):
        if step == "*":
            if not isinstance(data, list):
                return None
            inner = [_find(one, steps[number + 1 :]) for one in data]
            return [one for one in inner if one is not None]
        data = _step(data, step)
        if data is None:
            return None
    return data


def _step(data: Any, step: str) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if not isinstance(data, list):
        return None
    if choice := _CHOICE.match(step):
        where, wanted = segments(choice[1]), choice[2]
        return next((one for one in data if _says(_find(one, where), wanted)), None)
    return data[int(step)] if step.isdecimal() and len(step) < 6 and int(step) < len(data) else None


def _says(value: Any, wanted: str) -> bool:
    return value is not None and not isinstance(value, dict | list) and str(value) == wanted


def _leaves(data: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*steps, str(key)))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, (*steps, _name(value, number)))
    elif data is not None:
        yield pointer(*steps), data


def _name(value: Any, number: int) -> str | int:
    """An entry of a list by what it is, when it says so: its place may be another one next time."""
    if isinstance(value, dict):
        field = value.get("field")
        if isinstance(field, dict) and isinstance(field.get("ref"), str):
            return f"[field.ref={field['ref']}]"
        for key in ("name", "key", "column_id", "id", "question"):
            if isinstance(value.get(key), str) and "]" not in value[key]:
                return f"[{key}={value[key]}]"
    return number
