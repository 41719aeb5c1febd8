"""Whom a change is about: for each condition that differs, how many people it means before and after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.crm.models import Person
from reif.playbook.diff import Change, is_condition
from reif.rules.decode import decode
from reif.rules.predicates import NOBODY, All, Not, Predicate
from reif.rules.sql import where


def reach(changes: list[Change], now: datetime) -> Iterator[str]:
    """A sentence for each change of a condition. People are taken as they are now; nothing is replayed."""
    for change in changes:
        before, after = _condition(change.was), _condition(change.becomes)
        if before is not None or after is not None:
            counts = _counts(before or NOBODY, after or NOBODY, now)
            yield f"{change.section}: {' · '.join(change.way)}: {_sentence(*counts)}"


def _condition(value: Any) -> Predicate | None:
    """The condition that a value is, or that an entry carries under `when`."""
    if not isinstance(value, dict):
        return None
    if is_condition(value):
        return decode(value)
    return decode(value["when"]) if is_condition(value.get("when")) else None


def _counts(before: Predicate, after: Predicate, now: datetime) -> tuple[int, int, int, int]:
    asked = (before, after, All((after, Not(before))), All((before, Not(after))))
    first, second, third, fourth = (Person.objects.living().filter(where(p, now)).count() for p in asked)
    return first, second, third, fourth


def _sentence(before: int, after: int, entering: int, leaving: int) -> str:
    now = ngettext("%(n)s person now", "%(n)s people now", before) % {"n": before}
    rest = _("%(after)s after that; %(entering)s come in, %(leaving)s drop out")
    return f"{now}, {rest % {'after': after, 'entering': entering, 'leaving': leaving}}"
