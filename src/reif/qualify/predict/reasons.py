"""Why this chance: what speaks for it and what against, in the reader's words, with what is really so."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.qualify.predict.features import Facts
from reif.qualify.predict.keep import Ready
from reif.qualify.predict.shape import CATEGORIES, KINDS, NUMBERS, WINDOWS, Shape, subject_of
from reif.rules.fields import FIELDS
from reif.rules.happenings import label
from reif.rules.words import say_value

MOST, LEAST = 4, 0.5  # reasons on either side; percent points that are worth a word
_FIELDS = {"source": "source", "country": "country", "language": "language", "stage": "stage", "department": "department",
           "level": "level", "industry": "company.industry", "company_country": "company.country"}  # fmt: skip


class Reason(NamedTuple):
    """points: percent points that the chance would lose (or win) without it."""

    words: str
    value: str
    points: float


def reasons(model: Ready, facts: Facts, row: int, language: str) -> tuple[list[Reason], list[Reason]]:
    """For and against, the strongest first."""
    rows = model.shape.encode(facts.words, facts.numbers)[row : row + 1]
    logit = float(model.learned.logit(rows)[0])
    moved = model.learned.shares(rows)[0]
    by: dict[str, float] = {}
    for name, share in zip(model.shape.names, moved.tolist(), strict=True):
        subject = subject_of(name)
        by[subject] = by.get(subject, 0.0) + share
    told = [
        Reason(
            subject_words(s, model.shape, language), _value(s, model.shape, facts, row, language), _points(logit, share)
        )
        for s, share in by.items()
    ]
    told = sorted((r for r in told if abs(r.points) >= LEAST), key=lambda r: -abs(r.points))
    return [r for r in told if r.points > 0][:MOST], [r for r in told if r.points < 0][:MOST]


def _points(logit: float, share: float) -> float:
    chance, without = (1 / (1 + np.exp(-x)) for x in (logit, logit - share))
    return 100 * float(chance - without)


def subject_words(subject: str, shape: Shape, language: str) -> str:
    """The name of a column as people read it."""
    if subject in KINDS:
        return label(subject, language)
    if subject.startswith("rule:"):
        topic = next((t for t in shape.topics if t.key == subject[5:]), None)
        words = topic.words if topic else {}
        return words.get("de" if language.startswith("de") else "en") or subject[5:]
    names = {
        "department": _("Department"), "level": _("Level"), "mail": _("Kind of mail address"),
        "known_days": _("Known for"), "stage_days": _("In the stage for"), "consent": _("Marketing consent"),
        "phone": _("Telephone"), "last_days": _("Last active"), "active_days": _("Active days in 90 days"),
        "company_size": _("Company size"), "chance": _("The chance itself"),
    }  # fmt: skip
    return names.get(subject) or FIELDS[_FIELDS[subject]].words(language)


def _value(subject: str, shape: Shape, facts: Facts, row: int, language: str) -> str:
    if subject in CATEGORIES:
        value = str(facts.words[subject][row])
        if not value:
            return _("unknown")
        field = _FIELDS.get(subject)
        return say_value(FIELDS[field], value, language) if field else _code(value)
    if subject in NUMBERS:
        return _number(subject, float(facts.numbers[row, NUMBERS.index(subject)]))
    return _often(subject, shape, facts, row)


def _code(value: str) -> str:
    words: dict[str, Any] = {"free": _("a free provider"), "company": _("of a company"), "other": _("other")}
    return str(words.get(value) or value.capitalize())


def _number(subject: str, value: float) -> str:
    if np.isnan(value):
        return _("unknown") if subject != "last_days" else _("never")
    if subject in ("consent", "phone"):
        return _("yes") if value else _("no")
    if subject in ("company_size", "active_days"):
        return str(round(value))
    days = round(value)
    text = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return _("%(days)s ago") % {"days": text} if subject == "last_days" else text


def _often(subject: str, shape: Shape, facts: Facts, row: int) -> str:
    """How often in the shortest time in which it happened at all."""
    offset = len(CATEGORIES)
    for days in WINDOWS:
        n = int(facts.numbers[row, shape.names.index(f"{subject}/{days}") - offset])
        if n:
            return ngettext("once in %(days)s days", "%(n)s times in %(days)s days", n) % {"n": n, "days": days}
    return _("not in %(days)s days") % {"days": WINDOWS[-1]}
