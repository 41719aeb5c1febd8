"""What the scoring page shows: the model in words with what it did lately, and how the scores lie."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Sum

from reif.kit.clock import now
from reif.playbook.current import current
from reif.qualify.models import Point
from reif.qualify.scoring.in_force import live
from reif.qualify.ways import Definition, Exclude, Fit, Model, Rule, Stages, words_of
from reif.rules.happenings import label
from reif.rules.within import EVERYBODY, Within
from reif.rules.words import say

DAYS = 30


class Line(NamedTuple):
    """One rule: what it asks for, its points and limits, and how many people earned how many points with it lately."""

    key: str
    words: str
    when: str
    points: int
    limits: tuple[tuple[str, int], ...]
    group: str
    people: int
    given: int


def model_in_words(model: Model, language: str, within: Within = EVERYBODY) -> dict[str, Any]:
    """name, groups, rules and fit, with the last 30 days in one query. within: of the people of a segment alone."""
    lately = _lately(model.key, within)
    groups = {group.key: words_of(group, language) for group in model.groups}
    rules = [
        Line(
            rule.key, words_of(rule, language), asks(rule, language), rule.points, _limits(rule),
            groups.get(rule.group, ""), *lately.get(rule.key, (0, 0)),
        )
        for rule in model.rules
    ]  # fmt: skip
    fit = [
        Line(
            one.key, words_of(one, language), say(one.when, language), one.points, (), "", *lately.get(one.key, (0, 0))
        )
        for one in model.fit
    ]
    caps = [(words_of(group, language), group.cap) for group in model.groups]
    return {"name": words_of(model, language), "ceilings": caps, "rules": rules, "fit": fit}


def _lately(model: str, within: Within) -> dict[str, tuple[int, int]]:
    rows = (
        Point.objects.filter(
            within.people("person"), build=live().number, model=model, day__gte=(now() - timedelta(days=DAYS)).date()
        )
        .order_by()
        .values("rule")
    )
    found = rows.annotate(n=Count("person", distinct=True), sum=Sum("points"))
    return {row["rule"]: (row["n"], row["sum"]) for row in found}


def asks(part: Rule | Fit | Exclude, language: str) -> str:
    """What a rule asks for: the deeds, which of them, and the condition."""
    kinds = topics = ""
    if isinstance(part, Rule):
        kinds = ", ".join(label(kind, language) for kind in part.kinds)
        topics = ", ".join(topic for topic in part.topics if topic)
    deeds = f"{kinds}: {topics}" if topics else kinds
    return " · ".join(filter(None, (deeds, say(part.when, language) if part.when else "")))


def _limits(rule: Rule) -> tuple[tuple[str, int], ...]:
    decay = rule.decay
    given = (
        (rule.per, rule.most), ("day", rule.per_day), ("half_life", decay and decay.half_life),
        ("linear", decay and decay.linear), ("expires", rule.expires),
    )  # fmt: skip
    return tuple((name, most) for name, most in given if most)


class Given(NamedTuple):
    """A stage that a definition gives: its name in the playbook, and in words what gives it and what keeps it."""

    stage: str
    words: str
    when: str
    keeps: str
    of: Definition


def stages_in_words(language: str) -> list[Given]:
    """The definitions in force, the lowest stage first."""
    stages: Stages = current("stages")
    return [
        Given(key, words_of(one, language), say(one.when, language), say(one.keep, language) if one.keep else "", one)
        for key, one in stages.given.items()
    ]
