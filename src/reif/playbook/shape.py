"""Compare what a file says with the shape it should have, and find everything that does not fit, not just the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import inspect

from reif.rules.closest import closest
from reif.rules.decode import BadPredicate, decode, hook

Path = tuple[str | int, ...]


class Misfit(NamedTuple):
    """Where in the file, what is wrong, what to do."""

    path: Path
    sentence: str
    remedy: str = ""


def build(obj: Any, struct: type[msgspec.Struct]) -> Any:
    """The struct of what a file or a stored revision says. Raises msgspec.ValidationError; ask `misfits` before."""
    return msgspec.convert(obj, struct, dec_hook=hook)


def misfits(obj: Any, struct: type[msgspec.Struct]) -> list[Misfit]:
    """Everything in `obj` that the struct would refuse; empty when `build` succeeds."""
    found = list(_any(obj, inspect.type_info(struct), ()))
    if not found:
        try:
            build(obj, struct)
        except (msgspec.ValidationError, ValueError) as error:
            found.append(Misfit((), str(error)))
    return found


def _any(obj: Any, type_: inspect.Type, at: Path) -> Iterator[Misfit]:
    match type_:
        case inspect.StructType():
            yield from _struct(obj, type_, at)
        case inspect.CustomType():
            yield from _predicate(obj, at)
        case inspect.UnionType(types):
            yield from _union(obj, types, at)
        case inspect.DictType(value_type=inner) if isinstance(obj, dict):
            for key, value in obj.items():
                yield from _any(value, inner, (*at, key))
        case inspect.ListType(item_type=inner) | inspect.VarTupleType(item_type=inner) if isinstance(obj, list | tuple):
            for number, value in enumerate(obj):
                yield from _any(value, inner, (*at, number))
        case _:
            yield from _leaf(obj, type_, at)


def _struct(obj: Any, type_: inspect.StructType, at: Path) -> Iterator[Misfit]:
    if not isinstance(obj, dict):
        yield Misfit(at, _("A table is needed here, not %(found)s.") % {"found": name_of(obj)})
        return
    fields = {field.encode_name: field for field in type_.fields}
    for key, value in obj.items():
        if key in fields:
            yield from _any(value, fields[key].type, (*at, key))
        elif key != type_.tag_field:
            yield Misfit((*at, key), _("The key “%(key)s” is not known here.") % {"key": key}, instead(key, fields))
    for key, field in fields.items():
        if field.required and key not in obj:
            yield Misfit(at, _("The key “%(key)s” is missing.") % {"key": key}, _("Add “%(key)s = …”.") % {"key": key})


def instead(word: str, known: Any) -> str:
    """A remedy for an unknown word: the closest known one, or all of them."""
    if found := closest(str(word), map(str, known)):
        return found
    return _("Known are: %(words)s.") % {"words": ", ".join(map(str, known))} if known else ""


def _predicate(obj: Any, at: Path) -> Iterator[Misfit]:
    try:
        decode(obj)
    except BadPredicate as bad:
        yield Misfit((*at, *bad.keys), bad.sentence, bad.remedy)


def _union(obj: Any, types: tuple[inspect.Type, ...], at: Path) -> Iterator[Misfit]:
    """Structs of a union are told apart by their tag; of the rest, the one that fits best speaks."""
    structs = [t for t in types if isinstance(t, inspect.StructType)]
    if isinstance(obj, dict) and structs:
        yield from _tagged(obj, structs, at)
        return
    answers = [list(_any(obj, t, at)) for t in types if not isinstance(t, inspect.NoneType)]
    if all(answers):
        yield from max(answers, key=lambda found: max(len(m.path) for m in found))


def _tagged(obj: dict[str, Any], structs: list[inspect.StructType], at: Path) -> Iterator[Misfit]:
    if len(structs) == 1:
        yield from _struct(obj, structs[0], at)
        return
    tag_field = structs[0].tag_field or "type"
    tags = {struct.tag: struct for struct in structs}
    tag = obj.get(tag_field)
    if tag in tags:
        yield from _struct(obj, tags[tag], at)
    elif tag is None:
        words = ", ".join(map(str, tags))
        remedy = _("One of: %(words)s.") % {"words": words}
        yield Misfit(at, _("The key “%(key)s” is missing.") % {"key": tag_field}, remedy)
    else:
        sentence = _("“%(value)s” is not known here.") % {"value": tag}
        yield Misfit((*at, tag_field), sentence, instead(str(tag), tags))


def _leaf(obj: Any, type_: inspect.Type, at: Path) -> Iterator[Misfit]:
    if isinstance(type_, inspect.LiteralType):
        if obj not in type_.values:
            sentence = _("“%(value)s” is not known here.") % {"value": obj}
            yield Misfit(at, sentence, instead(str(obj), type_.values))
        return
    python = _python_type(type_)
    try:
        msgspec.convert(obj, python, dec_hook=hook)
    except msgspec.ValidationError as error:
        wanted = WANTED.get(type(type_))
        sort = getattr(python, "__origin__", python)
        if wanted is None or (isinstance(obj, sort) and type(obj) is not bool):
            yield Misfit(at, str(error))
        else:
            yield Misfit(at, _("%(wanted)s is needed here, not %(found)s.") % {"wanted": wanted, "found": name_of(obj)})


def _python_type(type_: inspect.Type) -> Any:
    """The type that an inspected leaf came from, limits included."""
    plain = {
        inspect.IntType: int, inspect.FloatType: float, inspect.StrType: str, inspect.BoolType: bool,
        inspect.NoneType: None, inspect.AnyType: Any, inspect.DictType: dict, inspect.ListType: list,
        inspect.VarTupleType: tuple,
    }  # fmt: skip
    base = plain.get(type(type_), getattr(type_, "cls", Any))
    limits = {
        k: getattr(type_, k, None)
        for k in ("gt", "ge", "lt", "le", "multiple_of", "pattern", "min_length", "max_length")
    }
    given = {k: v for k, v in limits.items() if v is not None}
    return Annotated[base, msgspec.Meta(**given)] if given and base is not Any else base


def name_of(obj: Any) -> str:
    """What sort of thing stands in the file, in words."""
    sorts: dict[type, str] = {
        bool: _("true or false"), int: _("a whole number"), float: _("a number"), str: _("a text"),
        dict: _("a table"), list: _("a list"), tuple: _("a list"),
    }  # fmt: skip
    return sorts.get(type(obj), _("a date"))


WANTED: dict[type[inspect.Type], Any] = {
    inspect.IntType: gettext_lazy("A whole number"),
    inspect.FloatType: gettext_lazy("A number"),
    inspect.StrType: gettext_lazy("A text"),
    inspect.BoolType: gettext_lazy("true or false"),
    inspect.DictType: gettext_lazy("A table"),
    inspect.ListType: gettext_lazy("A list"),
    inspect.VarTupleType: gettext_lazy("A list"),
}
