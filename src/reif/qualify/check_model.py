"""What the shape alone cannot say about one scoring model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.shape import instead
from reif.qualify.scoring.behaviour import KINDS
from reif.qualify.ways import Decay, Model, Rule
from reif.rules.predicates import Did, Predicate, leaves

POINTS, DAYS, OF = 10_000, 3650, 1000
Path = tuple[str | int, ...]


class Place(NamedTuple):
    """One model of a draft. `at`: its path in scoring.toml."""

    draft: Draft
    model: Model
    at: Path

    def problem(self, path: Path, sentence: str, remedy: str = "") -> Problem:
        return self.draft.problem("scoring", (*self.at, *path), sentence, remedy)


def check_model(place: Place) -> Iterator[Problem]:
    """Keys once, kinds and groups that exist, limits, decay, grades, and conditions that can be answered."""
    model = place.model
    yield from twice(place.draft, "scoring", (*place.at, "group"), model.groups)
    yield from twice(place.draft, "scoring", (*place.at, "rule"), [*model.rules, *model.fit, *model.exclude])
    for i, group in enumerate(model.groups):
        if not 1 <= group.cap <= POINTS:
            yield place.problem(
                ("group", i, "cap"), _("A cap is a number of points from 1."), _("Leave the group out.")
            )
    for i, rule in enumerate(model.rules):
        yield from _rule(place, rule, ("rule", i))
    for i, fit in enumerate(model.fit):
        yield from _points(place, fit.points, ("fit", i, "points"))
        yield from _group(place, fit.group, ("fit", i, "group"))
        yield from _is_known(place, fit.when, ("fit", i, "when"))
    for i, exclude in enumerate(model.exclude):
        yield from _is_known(place, exclude.when, ("exclude", i, "when"))
    yield from _grades(place)
    if model.company and not 1 <= model.company.of <= OF:
        yield place.problem(("company", "of"), _("A company's score comes from 1 to %(most)s people.") % {"most": OF})


def _rule(place: Place, rule: Rule, at: Path) -> Iterator[Problem]:
    for kind in rule.kinds:
        if kind not in KINDS:
            sentence = _("No rule can listen to “%(kind)s”.") % {"kind": kind}
            yield place.problem((*at, "on"), sentence, instead(kind, sorted(KINDS)))
    yield from _points(place, rule.points, (*at, "points"))
    if rule.once and (rule.times is not None or rule.per != "ever"):
        yield place.problem((*at, "times"), _("“once” and “times” contradict each other."), _("Keep one."))
    if rule.per != "ever" and rule.times is None and not rule.once:
        yield place.problem((*at, "per"), _("“per” needs “times”: how often in that period."), _("Add “times = 1”."))
    for limit in ("times", "per_day"):
        value = getattr(rule, limit)
        if value is not None and value < 1:
            yield place.problem((*at, limit), _("A limit is at least 1."), _("Leave it out for no limit."))
    yield from _group(place, rule.group, (*at, "group"))
    yield from _fading(place, rule, at)


def _fading(place: Place, rule: Rule, at: Path) -> Iterator[Problem]:
    decay = rule.decay or Decay(linear=1)
    if (decay.half_life is None) is (decay.linear is None):
        sentence = _("A decay is either a half-life or linear, in days.")
        yield place.problem((*at, "decay"), sentence, _("Write { half_life = 30 } or { linear = 60 }."))
    spans = (
        (("decay", "half_life"), decay.half_life),
        (("decay", "linear"), decay.linear),
        (("expires",), rule.expires),
    )
    for path, days in spans:
        if days is not None and not 1 <= days <= DAYS:
            sentence = _("Days are a whole number from 1 to %(most)s.") % {"most": DAYS}
            yield place.problem((*at, *path), sentence, _("Leave it out for points that stay."))


def _group(place: Place, group: str, at: Path) -> Iterator[Problem]:
    if not group:
        return
    model, groups = place.model, {group.key for group in place.model.groups}
    if group not in groups:
        sentence = _("There is no group “%(group)s”.") % {"group": group}
        yield place.problem(at, sentence, instead(group, sorted(groups)))
    axes = {other.axis for other in model.rules if other.group == group}
    axes |= {"fit"} if any(one.group == group for one in model.fit) else set()
    if len(axes) > 1:
        sentence = _("The rules of the group “%(group)s” are on two axes.") % {"group": group}
        yield place.problem(at, sentence, _("Give each axis a group of its own."))


def _points(place: Place, points: int, at: Path) -> Iterator[Problem]:
    if not points or abs(points) > POINTS:
        yield place.problem(at, _("Points are a whole number other than 0, up to %(most)s.") % {"most": POINTS})


def _grades(place: Place) -> Iterator[Problem]:
    grades = place.model.grades
    if grades is None:
        return
    for axis in ("fit", "engagement"):
        steps = getattr(grades, axis)
        if len(steps) != 3 or list(steps) != sorted(set(steps), reverse=True):
            sentence = _("A grade has three thresholds, the highest first.")
            yield place.problem(("grades", axis), sentence, _("For example [30, 20, 10]."))
    if not 0 <= grades.margin <= POINTS:
        yield place.problem(("grades", "margin"), _("A margin cannot be negative."), _("Write 0 for none."))


def _is_known(place: Place, when: Predicate, at: Path) -> Iterator[Problem]:
    if any(isinstance(leaf, Did) for leaf in leaves(when)):
        sentence = _("A fit rule asks who somebody is, not what somebody did.")
        yield place.problem(at, sentence, _("Make it a [[model.rule]] with “on”."))


def twice(draft: Draft, section: str, at: Path, parts: Iterable[Any]) -> Iterator[Problem]:
    """Keys that are there more than once, and those that cannot be one."""
    for name, count in Counter(part.key for part in parts).items():
        if count > 1:
            sentence = _("The key “%(key)s” is there %(count)s times.") % {"key": name, "count": count}
            yield draft.problem(section, at, sentence, _("Each rule needs a key of its own."))
        if not name or len(name) > 64:
            sentence = _("“%(key)s” cannot be a key.") % {"key": name}
            yield draft.problem(section, at, sentence, _("Use 1 to 64 letters."))
