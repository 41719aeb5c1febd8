"""Chances as people read them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from reif.qualify.predict.records import Lesson
from reif.staff.templatetags.ui import percent

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """0.123 as 12 %, below ten with one digit."""
    return percent(value, 1 if value is not None and value < 0.1 else 0)


@register.filter
def positive(value: float) -> float:
    return abs(value)


@register.filter
def chance_word(outcome: str) -> str:
    """What is foreseen."""
    return _("winning a deal") if outcome == "won" else _("becoming SQL")


@register.filter
def verdict_word(verdict: str) -> str:
    """Why a version is not in force."""
    return _("did not do better") if verdict == "worse" else _("replaced by a better one")


@register.filter
def lesson_words(lesson: Lesson) -> str:
    """How the last lesson ended, in a sentence; nothing when a model came out of it."""
    numbers = dict(lesson.numbers)
    sentences = {
        "few": _("Not enough outcomes yet: %(having)s people with the outcome and %(lacking)s without, of whom %(days)s days are over; "
            "at least %(least)s of each are needed."),
        "one_sided": _("All whose %(days)s days are over ended the same way (%(having)s with the outcome, %(lacking)s without): "
            "nothing can be learned from that."),
        "no_news": _("Since the model in force learned, %(new)s new outcomes have come in whose %(days)s days are over; "
            "%(least)s are needed before another can be compared with it."),
        "worse": _("The last attempt did worse than the model in force on the newest people, so nothing was replaced."),
        "again": _("People were deleted while it learned; it will be tried again tomorrow."),
        "failed": _("The last attempt failed; the log of the worker says why."),
    }  # fmt: skip
    return sentences[lesson.note] % numbers if lesson.note in sentences else ""
