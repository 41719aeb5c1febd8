"""The reading in words: a predicate as a sentence of one of the two languages, whatever language is active."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from reif.rules.fields import Field, Type, field_of
from reif.rules.happenings import happening
from reif.rules.named import named
from reif.rules.operators import OPERATORS, Wants
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate

Names = Mapping[int, str]
_GERMAN = {
    "and": " und ",
    "or": " oder ",
    "not": "nicht ({})",
    "everybody": "alle",
    "nobody": "niemand",
    "lately": " in den letzten {} Tagen",
    "today": " in den letzten 24 Stunden",
    "times": " mindestens {}-mal",
    "fewer": " weniger als {}-mal",
    "never": " nie",
    "missing": " oder fehlt",
    "yes": "ja",
    "no": "nein",
    "user": "Nr. {}",
}
_ENGLISH = {
    "and": " and ",
    "or": " or ",
    "not": "not ({})",
    "everybody": "everybody",
    "nobody": "nobody",
    "lately": " in the last {} days",
    "today": " in the last 24 hours",
    "times": " at least {} times",
    "fewer": " fewer than {} times",
    "never": " never",
    "missing": " or is missing",
    "yes": "yes",
    "no": "no",
    "user": "no. {}",
}
# What a truth reads like when it holds, and when not.
_TRUTHS = {
    "consent": {
        "de": ("hat in Marketing eingewilligt", "hat nicht in Marketing eingewilligt"),
        "en": ("has consented to marketing", "has not consented to marketing"),
    },
    "may_mail": {
        "de": ("darf Werbung per E-Mail bekommen", "darf keine Werbung per E-Mail bekommen"),
        "en": ("may get marketing mail", "may not get marketing mail"),
    },
    "excluded": {
        "de": ("hat keinen Punktestand (ausgeschlossen)", "ist nicht vom Punktestand ausgeschlossen"),
        "en": ("has no score (left out)", "is not left out of the score"),
    },
    "has_owner": {
        "de": ("ist jemandem zugeteilt", "ist niemandem zugeteilt"),
        "en": ("has an owner", "has no owner"),
    },
}


def say(predicate: Predicate, language: str, names: Names | None = None) -> str:
    """«Firmengrösse ist mindestens 50 und war in den letzten 30 Tagen auf /preise». `names`: of users, by id."""
    sentence = _Speaker(language, names or {}).say(predicate)
    return sentence[:1].upper() + sentence[1:]


def say_value(field: Field, value: Any, language: str, names: Names | None = None) -> str:
    """A value of a field as people read it: Schweiz for CH, 23.11.2026 for a date, quotes around text."""
    return _Speaker(language, names or {}).value(field, value)


class _Speaker:
    def __init__(self, language: str, names: Names) -> None:
        self.german = language.startswith("de")
        self.language, self.names = language, names
        self.words = _GERMAN if self.german else _ENGLISH

    def say(self, predicate: Predicate, inside: bool = False) -> str:
        match predicate:
            case All(of) | AnyOf(of):
                return self._group(predicate, of, inside)
            case Not(Is() | Did() as leaf):
                return self._leaf(leaf, negated=True)
            case Not(Not(part)):
                return self.say(part, inside)
            case Not(part):
                return self.words["not"].format(self.say(part))
            case Is() | Did():
                return self._leaf(predicate, negated=False)
        raise TypeError(predicate)

    def _group(self, group: All | AnyOf, of: tuple[Predicate, ...], inside: bool) -> str:
        every = isinstance(group, All)
        if not of:
            return self.words["everybody" if every else "nobody"]
        if len(of) == 1:
            return self.say(of[0], inside)
        parts = [self.say(part, inside=True) for part in of]
        text = ", ".join(parts[:-1]) + self.words["and" if every else "or"] + parts[-1]
        return f"({text})" if inside else text

    def _leaf(self, leaf: Is | Did, negated: bool) -> str:
        return self._did(leaf, negated) if isinstance(leaf, Did) else self._is(leaf, negated)

    def _is(self, leaf: Is, negated: bool) -> str:
        field = field_of(leaf.field)
        if field is None:
            return f"{leaf.field} {leaf.op} {leaf.value}"
        name, operator = field.words(self.language), OPERATORS[leaf.op]
        if field.type is Type.TRUTH:
            there = (leaf.value is True) is (leaf.op == "is") is not negated
            said = _TRUTHS[field.name.partition(".")[0]]["de" if self.german else "en"][not there]
            return f"{said} ({field.model})" if field.model else said
        template = operator.words(self.language, negated)
        text = f"{name} {template.format(*self._right(field, operator.wants, leaf.value))}"
        missing = negated and field.missing and operator.wants is not Wants.NOTHING
        return text + self.words["missing"] if missing else text

    def _right(self, field: Field, wants: Wants, value: Any) -> list[str]:
        match wants:
            case Wants.NOTHING:
                return []
            case Wants.DAYS:
                return [str(value)]
            case Wants.PAIR:
                return [self.value(field, v) for v in value]
            case Wants.MANY:
                shown = [self.value(field, v) for v in value]
                return [self.words["or"].join(filter(None, [", ".join(shown[:-1]), shown[-1]]))]
        return [self.value(field, value)]

    def value(self, field: Field, value: Any) -> str:
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if isinstance(value, int | float):
            return (
                self.names.get(int(value), self.words["user"].format(value))
                if field.type is Type.USER
                else self._number(value)
            )
        if field.type is Type.GRADE:
            return str(value)
        if field.type is Type.MOMENT or isinstance(value, datetime):
            return self._date(value)
        return named(field, str(value), self.language) or self._quoted(str(value))

    def _quoted(self, text: str) -> str:
        return f"«{text}»" if self.german else f"“{text}”"

    def _number(self, value: float) -> str:
        return f"{value:,}".replace(",", "’" if self.german else ",")

    def _date(self, value: Any) -> str:
        day = value if isinstance(value, date) else datetime.fromisoformat(value)
        return f"{day:%d.%m.%Y}" if self.german else f"{day.day} {day:%B %Y}"

    def _did(self, leaf: Did, negated: bool) -> str:
        words, known = self.words, happening(leaf.kind)
        when = (
            ""
            if leaf.within_days is None
            else words["today" if leaf.within_days == 1 else "lately"].format(leaf.within_days)
        )
        often = words["fewer" if negated else "times"].format(leaf.at_least) if leaf.at_least > 1 else ""
        topic = leaf.topic if leaf.topic.startswith("/") else (f"«{leaf.topic}»" if self.german else f"“{leaf.topic}”")
        never = words["never"] if negated and leaf.at_least == 1 else ""
        if self.german:
            done = known.de.format(topic) if leaf.topic else known.de_any
            return f"{known.aux}{when}{never}{often} {done}"
        done = known.en.format(topic) if leaf.topic else known.en_any
        return f"has{never} {done}{often}{when}"
