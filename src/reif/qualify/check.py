"""What the shape alone cannot say about scoring, stages and segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.shape import instead
from reif.qualify.behaviour import KINDS
from reif.qualify.ways import Rule, Scoring, Segments, Stages
from reif.rules.predicates import Did, Predicate, leaves

SUMS = frozenset({"score", "fit", "engagement"})
MOVING = SUMS | {"stage", "stage_at"}
POINTS = 10_000
Path = tuple[str | int, ...]


def check_scoring(draft: Draft) -> Iterator[Problem]:
    """Keys once, kinds that exist, groups that exist on one axis, and no rule that asks for its own result."""
    model: Scoring = draft["scoring"]
    yield from _twice(draft, "scoring", "group", model.groups)
    yield from _twice(draft, "scoring", "rule", [*model.rules, *model.fit])
    for i, rule in enumerate(model.rules):
        yield from _rule(draft, model, rule, ("rule", i))
        if rule.when:
            yield from _asks(draft, rule.when, ("rule", i, "when"), SUMS)
    for i, fit in enumerate(model.fit):
        yield from _points(draft, fit.points, ("fit", i, "points"))
        yield from _asks(draft, fit.when, ("fit", i, "when"), MOVING)
        if any(isinstance(leaf, Did) for leaf in leaves(fit.when)):
            sentence = _("A fit rule asks who somebody is, not what somebody did.")
            yield draft.problem("scoring", ("fit", i, "when"), sentence, _("Make it a [[rule]] with “on”."))


def check_stages(draft: Draft) -> Iterator[Problem]:
    """Rest is not negative."""
    stages: Stages = draft["stages"]
    for name in ("mql", "sql"):
        definition = getattr(stages, name)
        if definition is not None and definition.rest_days < 0:
            yield draft.problem("stages", (name, "rest_days"), _("Days cannot be negative."), _("Write 0 for none."))


def check_segments(draft: Draft) -> Iterator[Problem]:
    """Keys once."""
    segments: Segments = draft["segments"]
    yield from _twice(draft, "segments", "segment", segments.segments)


def _rule(draft: Draft, model: Scoring, rule: Rule, at: Path) -> Iterator[Problem]:
    for kind in rule.kinds:
        if kind not in KINDS:
            sentence = _("No rule can listen to “%(kind)s”.") % {"kind": kind}
            yield draft.problem("scoring", (*at, "on"), sentence, instead(kind, sorted(KINDS)))
    yield from _points(draft, rule.points, (*at, "points"))
    if rule.once and rule.times is not None:
        yield draft.problem("scoring", (*at, "times"), _("“once” and “times” contradict each other."), _("Keep one."))
    for limit in ("times", "per_day"):
        value = getattr(rule, limit)
        if value is not None and value < 1:
            yield draft.problem("scoring", (*at, limit), _("A limit is at least 1."), _("Leave it out for no limit."))
    yield from _group(draft, model, rule, at)


def _group(draft: Draft, model: Scoring, rule: Rule, at: Path) -> Iterator[Problem]:
    groups = {group.key for group in model.groups}
    if rule.group and rule.group not in groups:
        sentence = _("There is no group “%(group)s”.") % {"group": rule.group}
        yield draft.problem("scoring", (*at, "group"), sentence, instead(rule.group, sorted(groups)))
    others = {other.axis for other in model.rules if rule.group and other.group == rule.group}
    if len(others) > 1:
        sentence = _("The rules of the group “%(group)s” are on two axes.") % {"group": rule.group}
        yield draft.problem("scoring", (*at, "group"), sentence, _("Give each axis a group of its own."))


def _points(draft: Draft, points: int, at: Path) -> Iterator[Problem]:
    if not points or abs(points) > POINTS:
        sentence = _("Points are a whole number other than 0, up to %(most)s.") % {"most": POINTS}
        yield draft.problem("scoring", at, sentence)


def _asks(draft: Draft, predicate: Predicate, at: Path, fields: frozenset[str]) -> Iterator[Problem]:
    for leaf in leaves(predicate):
        if not isinstance(leaf, Did) and leaf.field in fields:
            sentence = _("A rule that gives points cannot ask for “%(field)s”, which points move.") % {
                "field": leaf.field
            }
            yield draft.problem("scoring", at, sentence, _("Ask for what is behind it."))


def _twice(draft: Draft, section: str, key: str, parts: Iterable[Any]) -> Iterator[Problem]:
    counts = Counter(part.key for part in parts)
    for name, count in counts.items():
        if count > 1:
            sentence = _("The key “%(key)s” is there %(count)s times.") % {"key": name, "count": count}
            yield draft.problem(section, (key,), sentence, _("Each rule needs a key of its own."))
        if not name or len(name) > 64:
            sentence = _("“%(key)s” cannot be a key.") % {"key": name}
            yield draft.problem(section, (key,), sentence, _("Use 1 to 64 letters."))
