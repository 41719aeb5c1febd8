"""Write a section as TOML that people like to edit: tables with headers, conditions and short texts on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
WIDTH = 100
WIDE = 160
_CONDITION = ({"all"}, {"any"}, {"not"}, {"field"}, {"did"})


def write_toml(said: dict[str, Any]) -> str:
    """TOML of plain values. Reading it gives `said` again, order included."""
    return "\n".join(_table(said, ())).strip("\n") + "\n"


def _table(said: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """The plain values of a table first, as TOML wants it, then its sub-tables."""
    late = {
        key for key, value in said.items() if _is_tables(value) or (isinstance(value, dict) and not _is_inline(value))
    }
    if late and all(isinstance(value, dict) and not _is_condition(value) for value in said.values()):
        late = set(said)  # entries of one sort: all in the same way, so that their order stays
    for key, value in said.items():
        if key not in late:
            yield f"{_key(key)} = {_value(value)}"
    for key in (key for key in said if key in late):
        yield from _below(said[key], (*path, key))


def _below(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    name = ".".join(map(_key, path))
    for entry in value if isinstance(value, list) else [value]:
        yield ""
        yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
        yield from _table(entry, path)


def _is_tables(value: Any) -> bool:
    """A list that is written as [[tables]]."""
    return bool(value) and isinstance(value, list) and all(isinstance(v, dict) and not _is_condition(v) for v in value)


def _is_condition(value: dict[str, Any]) -> bool:
    return any(keys <= set(value) for keys in _CONDITION)


def _is_inline(value: dict[str, Any]) -> bool:
    flat = not any(isinstance(v, dict | list) or (isinstance(v, str) and "\n" in v) for v in value.values())
    return _is_condition(value) or (flat and len(_value(value)) <= WIDE)


def _value(value: Any, indent: str = "") -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return _text(value)
        case datetime() | date() | time():
            return value.isoformat()
        case dict():
            inner = ", ".join(f"{_key(k)} = {_value(v, indent)}" for k, v in _spans(value).items())
            return f"{{ {inner} }}" if inner else "{}"
        case list():
            return _list(value, indent)
    raise TypeError(f"{type(value)} is not for TOML")


def _list(values: list[Any], indent: str) -> str:
    short = f"[{', '.join(_value(v, indent) for v in values)}]"
    if (len(short) <= WIDTH and "\n" not in short) or not values:
        return short
    deeper = indent + "  "
    return "[\n" + "".join(f"{deeper}{_value(v, deeper)},\n" for v in values) + f"{indent}]"


def _spans(value: dict[str, Any]) -> dict[str, Any]:
    """Time spans of conditions as people write them: 30d."""
    if "did" in value and isinstance(value.get("within"), int):
        return {**value, "within": f"{value['within']}d"}
    if "field" in value and value.get("op") == "within" and isinstance(value.get("value"), int):
        return {**value, "value": f"{value['value']}d"}
    return value


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _text(text: str) -> str:
    if "\n" in text and "\r" not in text and not set(text) & _CONTROLS:
        body = text.replace("\\", "\\\\").replace('"""', '""\\"')
        return f'"""\n{body[:-1] + chr(92) + chr(34) if body.endswith(chr(34)) else body}"""'
    return _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _escaped(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    return f"\\u{ord(char):04X}" if char in _CONTROLS else char


_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_CONTROLS = {chr(n) for n in range(32) if chr(n) not in "\n\t"} | {"\x7f"}
