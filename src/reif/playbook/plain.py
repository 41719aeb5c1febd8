"""Structs as JSON or TOML would say them: predicates in their own form, defaults left out, order kept."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields

from reif.rules.predicates import Predicate


def plain(value: Any) -> Any:
    """Dicts, lists, texts, numbers. What equals its default is left out, so both ways to write it are one content."""
    match value:
        case Predicate():
            return _listed(msgspec.to_builtins(value))
        case msgspec.Struct():
            return _struct(value)
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case set() | frozenset():
            return sorted(plain(inner) for inner in value)
    return msgspec.to_builtins(value)


def canonical(said: dict[str, Any]) -> str:
    """The one text of a content; the order inside the sections is kept, for it can mean something."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def hash_of(text: str) -> str:
    """The address of a content."""
    return sha256(text.encode()).hexdigest()


def _struct(value: msgspec.Struct) -> dict[str, Any]:
    config = value.__struct_config__
    said: dict[str, Any] = {config.tag_field: config.tag} if config.tag_field else {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if inner is not None and not _is_default(field, inner):
            said[field.encode_name] = plain(inner)
    return said


def _is_default(field: FieldInfo, inner: Any) -> bool:
    default = field.default_factory() if field.default_factory is not NODEFAULT else field.default
    return type(default) is type(inner) and bool(default == inner)


def _listed(said: Any) -> Any:
    """Tuples to lists, all the way down, as JSON gives them back."""
    if isinstance(said, dict):
        return {key: _listed(inner) for key, inner in said.items()}
    return [_listed(inner) for inner in said] if isinstance(said, list | tuple) else said
