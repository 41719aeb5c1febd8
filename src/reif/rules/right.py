"""Whether a value fits its field and operator, and the value in its one form."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any
from unicodedata import category

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.rules.closest import closest
from reif.rules.fields import Field, Type
from reif.rules.operators import Operator, Wants
from reif.rules.predicates import Scalar, Value
from reif.rules.values import LARGEST, edge, sort_of

_SPAN = re.compile(r"([0-9]{1,5})\s*([dw])")
LONGEST = 36_500


def right_side(field: Field, operator: Operator, value: Any) -> Value:
    """The value in the form that a struct keeps. Raises ValueError with the sentence to show."""
    match operator.wants:
        case Wants.NOTHING:
            if value is not None:
                raise ValueError(_("“%(op)s” takes no value.") % {"op": operator.name})
            return None
        case Wants.DAYS:
            return days(value)
        case Wants.MANY:
            return _many(field, operator, value)
        case Wants.PAIR:
            return _pair(field, operator, value)
        case _:
            if value is None:
                raise ValueError(_("“%(op)s” needs a value.") % {"op": operator.label(get_language() or "en")})
            return _one(field, operator, value)


def days(value: Any) -> int:
    """Days of 30, "30d" or "4w". Raises ValueError with the sentence to show."""
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        value = int(found[1]) * (7 if found[2] == "w" else 1)
    if type(value) is not int or not 1 <= value <= LONGEST:
        raise ValueError(_("A time span is a number of days from 1, written 30, “30d” or “4w”."))
    return value


def _many(field: Field, operator: Operator, value: Any) -> tuple[Scalar, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(_("“%(op)s” needs a list of values.") % {"op": operator.label(get_language() or "en")})
    values = tuple(_one(field, operator, v) for v in value)
    if len({sort_of(v) for v in values}) > 1:
        raise ValueError(_("The values of a list are all text or all numbers."))
    return values


def _pair(field: Field, operator: Operator, value: Any) -> tuple[Scalar, ...]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        sentence = _("“%(op)s” needs two values, the lower and the upper.")
        raise ValueError(sentence % {"op": operator.label(get_language() or "en")})
    low, high = (_one(field, operator, v) for v in value)
    if low > high:  # type: ignore[operator]
        raise ValueError(_("The lower value stands first."))
    return low, high


def _one(field: Field, operator: Operator, value: Any) -> Scalar:
    match field.type:
        case Type.NUMBER:
            return _number(value)
        case Type.USER:
            return _number(value, whole=True)
        case Type.TRUTH:
            return _truth(value)
        case Type.MOMENT:
            return _moment(value)
        case Type.TRAIT:
            return _trait(operator, value)
        case _:
            return _text(field, value)


def _number(value: Any, whole: bool = False) -> int | float:
    if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > LARGEST or (whole and value % 1):
        raise ValueError(_("A number is needed here, not “%(value)s”.") % {"value": value})
    return value  # type: ignore[no-any-return]


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError(_("true or false is needed here, not “%(value)s”.") % {"value": value})
    return value


def _moment(value: Any) -> str:
    text = value.isoformat() if isinstance(value, date | datetime) else value
    try:
        edge(text, "after")
    except (ValueError, TypeError, OverflowError):
        raise ValueError(_("A date such as 2026-01-31 is needed here, not “%(value)s”.") % {"value": value}) from None
    return str(text)


def _trait(operator: Operator, value: Any) -> Scalar:
    if operator.name in (">=", "<=", ">", "<", "between"):
        return _number(value)
    if isinstance(value, str):
        return _text(None, value)
    if operator.name in ("contains", "begins with"):
        raise ValueError(_("Text is needed here, not “%(value)s”.") % {"value": value})
    return value if type(value) is bool else _number(value)


def _text(field: Field | None, value: Any) -> str:
    if not isinstance(value, str) or any(category(c) in ("Cc", "Cs") for c in value):
        raise ValueError(_("Text is needed here, not “%(value)s”.") % {"value": value})
    text: str = value.strip()
    ready = field.clean(text) if field else text
    if not ready:
        raise ValueError(_("An empty text is not compared; “is set” and “is not set” ask whether there is one."))
    if field and field.choices and ready not in field.choices:
        known = ", ".join(field.choices)
        sentence = _("“%(value)s” is not one of %(known)s.") % {"value": text, "known": known}
        raise ValueError(f"{sentence} {closest(text, field.choices)}".rstrip())
    return text
