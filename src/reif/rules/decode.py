"""From the form in files and requests to predicates, and back. What is wrong is said with its place and a way out."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils.translation import gettext as _

from reif.log.catalogue import CATALOGUE
from reif.rules.closest import closest
from reif.rules.fields import FIELDS, field_of
from reif.rules.operators import INSTEAD, OPERATORS, operators_for
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate
from reif.rules.right import days, right_side

DEEPEST = 20
_GROUPS = {"all": All, "any": AnyOf}
_KEYS = {
    "all": {"all"},
    "any": {"any"},
    "not": {"not"},
    "field": {"field", "op", "value"},
    "did": {"did", "topic", "at_least", "within"},
}


class BadPredicate(ValueError):
    """`path`: where (`all[1].field`); `sentence`: what is wrong; `remedy`: what to do, often the closest word.

    Both are in the active language. `keys`: the path in parts.
    """

    def __init__(self, keys: tuple[str | int, ...], sentence: str, remedy: str = "") -> None:
        self.keys, self.sentence, self.remedy = keys, sentence, remedy
        self.path = "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in keys).lstrip(".")
        said = f"{sentence} {remedy}".rstrip()
        super().__init__(f"{self.path}: {said}" if self.path else said)


def decode(obj: Any) -> Predicate:
    """`{"field": "score", "op": ">=", "value": 60}` and its like; raises BadPredicate."""
    return _decode(obj, ())


def encode(predicate: Predicate) -> Any:
    """The same form again, for JSON: `decode(encode(p)) == p`."""
    return msgspec.to_builtins(predicate)


def hook(type_: type, obj: Any) -> Any:
    """`dec_hook` for msgspec: fields typed `Predicate`."""
    if type_ is Predicate:
        return obj if isinstance(obj, Predicate) else decode(obj)
    raise TypeError(f"{type_} is not known here")


def _decode(obj: Any, at: tuple[str | int, ...]) -> Predicate:
    if not isinstance(obj, dict):
        raise BadPredicate(at, _("A condition is a table such as { field = …, op = …, value = … }."))
    if len(at) > 2 * DEEPEST:
        raise BadPredicate(at, _("Conditions are nested too deeply."))
    sort = next((key for key in _KEYS if key in obj), None)
    if sort is None:
        raise BadPredicate(at, _("A condition needs one of the keys all, any, not, field or did."))
    for key in obj:
        if key not in _KEYS[sort]:
            sentence = _("The key “%(key)s” does not belong to a condition with “%(sort)s”.")
            raise BadPredicate((*at, key), sentence % {"key": key, "sort": sort}, closest(key, _KEYS[sort]))
    if sort in _GROUPS:
        return _group(sort, obj[sort], (*at, sort))
    if sort == "not":
        return Not(_decode(obj["not"], (*at, "not")))
    return _is(obj, at) if sort == "field" else _did(obj, at)


def _group(sort: str, parts: Any, at: tuple[str | int, ...]) -> Predicate:
    if not isinstance(parts, list | tuple):
        raise BadPredicate(at, _("“%(sort)s” takes a list of conditions.") % {"sort": sort})
    return _GROUPS[sort](tuple(_decode(part, (*at, i)) for i, part in enumerate(parts)))


def _is(obj: dict[str, Any], at: tuple[str | int, ...]) -> Is:
    name, op = obj["field"], obj.get("op", "is")
    field = field_of(name) if isinstance(name, str) else None
    if field is None:
        hint = closest(str(name), [*FIELDS, "traits.…"])
        raise BadPredicate((*at, "field"), _("There is no field “%(name)s”.") % {"name": name}, hint)
    if op not in OPERATORS:
        instead = INSTEAD.get(str(op).casefold())
        hint = _("Did you mean “%(word)s”?") % {"word": instead} if instead else closest(str(op), OPERATORS)
        raise BadPredicate((*at, "op"), _("There is no operator “%(op)s”.") % {"op": op}, hint)
    if field.type not in OPERATORS[op].types:
        fitting = ", ".join(o.name for o in operators_for(field.type))
        sentence = _("The field “%(name)s” cannot be asked with “%(op)s”.") % {"name": name, "op": op}
        raise BadPredicate((*at, "op"), sentence, _("It takes: %(fitting)s.") % {"fitting": fitting})
    try:
        return Is(name, op, right_side(field, OPERATORS[op], obj.get("value")))
    except ValueError as error:
        raise BadPredicate((*at, "value"), str(error)) from None


def _did(obj: dict[str, Any], at: tuple[str | int, ...]) -> Did:
    kind, topic, at_least = obj["did"], obj.get("topic", ""), obj.get("at_least", 1)
    if kind not in CATALOGUE:
        hint = closest(str(kind), CATALOGUE)
        raise BadPredicate((*at, "did"), _("There is no event “%(kind)s”.") % {"kind": kind}, hint)
    if not isinstance(topic, str) or len(topic) > 255 or "\0" in topic:
        raise BadPredicate((*at, "topic"), _("The topic is a text of at most 255 characters."))
    if type(at_least) is not int or not 1 <= at_least <= 1_000_000:
        raise BadPredicate((*at, "at_least"), _("“at_least” is a whole number from 1."))
    try:
        within = None if obj.get("within") is None else days(obj["within"])
    except ValueError as error:
        raise BadPredicate((*at, "within"), str(error)) from None
    return Did(kind, topic, at_least, within)
