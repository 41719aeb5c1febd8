"""Conditions that would chase each other, and those that ask for a scoring model that there is not."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import sections
from reif.playbook.shape import instead
from reif.qualify.check_model import Path
from reif.qualify.matters import predicates
from reif.qualify.segments.order import asked as asked_segments
from reif.qualify.ways import Definition, Model, Scoring, Segments, Stages
from reif.rules.fields import SCORES
from reif.rules.predicates import Is, Predicate, leaves

STAGE = frozenset({"stage", "stage_at"})


def check_circles(draft: Draft) -> Iterator[Problem]:
    """No rule of a model asks for what points move, and no stage waits for one that waits for it."""
    scoring: Scoring = draft["scoring"]
    for n, model in enumerate(scoring.models):
        for sort, i, when in _conditions(model):
            for field in _moved(through(when, draft["segments"]), behaviour=sort == "rule"):
                yield _moves_itself(draft, model, field, ("model", n, sort, i, "when"))
    yield from _stages(draft)


def check_names(draft: Draft) -> Iterator[Problem]:
    """Wherever a condition asks for `score.x`, there is a model x."""
    known = {model.key for model in draft["scoring"].models}
    for name in sections():
        for predicate in predicates(draft[name]):
            for leaf in leaves(predicate):
                column, _dot, key = leaf.field.partition(".") if isinstance(leaf, Is) else ("", "", "")
                if column in SCORES and key and key not in known:
                    sentence = _("There is no scoring model “%(model)s”.") % {"model": key}
                    yield draft.problem(name, (), sentence, instead(key, sorted(known)))


def _conditions(model: Model) -> Iterator[tuple[str, int, Predicate]]:
    for i, rule in enumerate(model.rules):
        if rule.when is not None:
            yield "rule", i, rule.when
    yield from (("fit", i, one.when) for i, one in enumerate(model.fit))
    yield from (("exclude", i, one.when) for i, one in enumerate(model.exclude))


def through(when: Predicate, segments: Segments) -> list[str]:
    """The fields that a condition asks for, those of the segments that it asks for included."""
    known, seen = {s.key: s.when for s in segments.segments}, set[str]()
    waiting, found = [when], list[str]()
    while waiting:
        one = waiting.pop(0)
        found += [leaf.field for leaf in leaves(one) if isinstance(leaf, Is)]
        new = asked_segments(one) - seen
        seen |= new
        waiting += [inner for key in sorted(new) if (inner := known.get(key)) is not None]
    return found


def _moved(asked: list[str], behaviour: bool) -> list[str]:
    """The fields that points move: scores at once, stages by their definitions."""
    return [
        field
        for field in dict.fromkeys(asked)
        if field.partition(".")[0] in SCORES or field == "company.score" or (field in STAGE and not behaviour)
    ]


def _moves_itself(draft: Draft, model: Model, field: str, at: Path) -> Problem:
    said = {"field": field}
    sentence = _("A rule that gives points cannot ask for “%(field)s”, which points move.") % said
    circle = " → ".join((model.key, *(["MQL/SQL"] if field in STAGE else []), field, model.key))
    remedy = _("Ask for what is behind it. The circle: %(circle)s.") % {"circle": circle}
    return draft.problem("scoring", at, sentence, remedy)


def _stages(draft: Draft) -> Iterator[Problem]:
    stages: Stages = draft["stages"]
    found: dict[str, Definition] = {k: d for k in ("mql", "sql") if (d := getattr(stages, k)) is not None}
    waits = {key: _waits_for(d.when) & set(found) for key, d in found.items()}
    for key, definition in found.items():
        if key in waits[key] or any(key in waits[other] for other in waits[key]):
            circle = " → ".join(s.upper() for s in (key, *(sorted(waits[key] - {key})), key))
            sentence = _("Nobody could ever reach it: the stages wait for each other (%(circle)s).") % {
                "circle": circle
            }
            yield draft.problem("stages", (key, "when"), sentence, _("Ask for what somebody did or who somebody is."))
        if definition.keep is not None and STAGE & {
            leaf.field for leaf in leaves(definition.keep) if isinstance(leaf, Is)
        }:
            sentence = _("What keeps a stage cannot ask for the stage: people would go back and forth.")
            yield draft.problem("stages", (key, "keep"), sentence, _("Ask for the score, the grade or behaviour."))


def _waits_for(when: Predicate) -> set[str]:
    asked: set[str] = set()
    for leaf in leaves(when):
        if isinstance(leaf, Is) and leaf.field == "stage" and leaf.op in ("is", "one of"):
            asked |= {str(v) for v in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))}
    return asked
