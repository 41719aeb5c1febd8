"""The one operator table: for which types, with what value, which widget, in which words.

The SQL and memory readings have a line for each operator too (sql.py, memory.py); a test holds the three together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reif.rules.fields import Type


class Wants(StrEnum):
    """What stands to the right of an operator."""

    ONE = "one"
    MANY = "many"
    PAIR = "pair"
    DAYS = "days"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Operator:
    """de, en: after the field's words; not_de, not_en: the same under a `not`. `widget` names the form control."""

    name: str
    types: frozenset[Type]
    wants: Wants
    de: str
    not_de: str
    en: str
    not_en: str

    def words(self, language: str, negated: bool = False) -> str:
        if language.startswith("de"):
            return self.not_de if negated else self.de
        return self.not_en if negated else self.en

    def label(self, language: str) -> str:
        """As a form offers it. In a sentence the list of values tells “is one of” from “is”; here nothing else would."""
        german = language.startswith("de")
        listed = {"one of": ("ist eines von …", "is one of …"), "none of": ("ist keines von …", "is none of …")}
        return listed[self.name][not german] if self.name in listed else self.words(language).replace("{}", "…")

    def widget(self, type_: Type) -> str:
        """text, number, date, user, truth, lines (one value a line), pair, days or none."""
        if self.wants is not Wants.ONE:
            return {Wants.MANY: "lines", Wants.PAIR: "pair", Wants.DAYS: "days", Wants.NOTHING: "none"}[self.wants]
        plain = {Type.NUMBER: "number", Type.TRUTH: "truth", Type.MOMENT: "date", Type.USER: "user"}
        return plain.get(type_, "text")


_GRADED = frozenset({Type.GRADE})
_WORDLIKE = frozenset({Type.TEXT, Type.CODE, Type.TRAIT})
_LISTED = _WORDLIKE | {Type.NUMBER, Type.USER, Type.GRADE, Type.KEYS}
_SAME = _LISTED | {Type.TRUTH}
_SIZED = frozenset({Type.NUMBER, Type.TRAIT})
_TIMED = frozenset({Type.MOMENT})
_OPTIONAL = frozenset(Type) - {Type.TRUTH, Type.KEYS}

_ALL = (
    Operator("is", _SAME, Wants.ONE, "ist {}", "ist nicht {}", "is {}", "is not {}"),
    Operator("is not", _SAME, Wants.ONE, "ist nicht {}", "ist {}", "is not {}", "is {}"),
    Operator(
        "one of", _LISTED, Wants.MANY, "ist {}", "ist nicht {}", "is {}", "is not {}"
    ),
    Operator(
        "none of", _LISTED, Wants.MANY, "ist nicht {}", "ist {}", "is not {}", "is {}"
    ),
    Operator(
        "contains", _WORDLIKE, Wants.ONE, "enthält {}", "enthält nicht {}", "contains {}", "does not contain {}"
    ),
    Operator(
        "begins with", _WORDLIKE, Wants.ONE,
        "beginnt mit {}", "beginnt nicht mit {}", "begins with {}", "does not begin with {}",
    ),
    Operator(
        ">=", _SIZED | _GRADED, Wants.ONE,
        "ist mindestens {}", "ist nicht mindestens {}", "is at least {}", "is not at least {}",
    ),
    Operator(
        "<=", _SIZED | _GRADED, Wants.ONE,
        "ist höchstens {}", "ist nicht höchstens {}", "is at most {}", "is not at most {}",
    ),
    Operator(
        ">", _SIZED, Wants.ONE,
        "ist grösser als {}", "ist nicht grösser als {}", "is more than {}", "is not more than {}",
    ),
    Operator(
        "<", _SIZED, Wants.ONE,
        "ist kleiner als {}", "ist nicht kleiner als {}", "is less than {}", "is not less than {}",
    ),
    Operator(
        "between", _SIZED, Wants.PAIR,
        "liegt von {} bis {}", "liegt nicht von {} bis {}", "is from {} to {}", "is not from {} to {}",
    ),
    Operator(
        "before", _TIMED, Wants.ONE,
        "liegt vor {}", "liegt nicht vor {}", "is before {}", "is not before {}",
    ),
    Operator(
        "after", _TIMED, Wants.ONE,
        "liegt nach {}", "liegt nicht nach {}", "is after {}", "is not after {}",
    ),
    Operator(
        "within", _TIMED, Wants.DAYS,
        "liegt in den letzten {} Tagen", "liegt nicht in den letzten {} Tagen",
        "is in the last {} days", "is not in the last {} days",
    ),
    Operator("is set", _OPTIONAL, Wants.NOTHING, "ist bekannt", "ist unbekannt", "is known", "is unknown"),
    Operator("is not set", _OPTIONAL, Wants.NOTHING, "ist unbekannt", "ist bekannt", "is unknown", "is known"),
)  # fmt: skip
OPERATORS: dict[str, Operator] = {o.name: o for o in _ALL}
INSTEAD = {
    "=>": ">=", "=<": "<=",
    "=": "is", "==": "is", "eq": "is", "equals": "is", "!=": "is not", "<>": "is not", "in": "one of",
    "not in": "none of", "starts with": "begins with", "startswith": "begins with", "has": "contains",
    "gte": ">=", "lte": "<=", "gt": ">", "lt": "<", "exists": "is set", "missing": "is not set", "empty": "is not set",
}  # fmt: skip


def operators_for(type_: Type) -> tuple[Operator, ...]:
    """The operators that a field of this type can be asked with, in the table's order."""
    return tuple(o for o in _ALL if type_ in o.types)
