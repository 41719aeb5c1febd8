"""Conditions that would chase each other, and those that ask for a scoring model that there is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import sections
from reif.playbook.shape import instead
from reif.qualify.check_model import Path
from reif.qualify.scoring.matters import predicates
from reif.qualify.ways import Model, Scoring, Stages
from reif.rules.fields import SCORES
from reif.rules.predicates import AnyOf, Is, Predicate, leaves
from reif.rules.values import keys

STAGE = frozenset({"stage", "stage_at"})
Known = Mapping[str, Predicate | None]
"""The conditions behind segments, by key, and behind personas."""
PERSONAS = ""
Way = tuple[str, ...]


def check_circles(draft: Draft) -> Iterator[Problem]:
    """No rule of a model asks for what points move, be it through segments, and no stage waits for one that waits for it."""
    scoring: Scoring = draft["scoring"]
    segments = known(draft)
    for n, model in enumerate(scoring.models):
        for sort, i, when in _conditions(model):
            for field, way in _moved(when, segments, behaviour=sort == "rule"):
                yield _moves_itself(draft, model, field, way, ("model", n, sort, i, "when"))
    yield from _stages(draft, segments)


def known(draft: Draft) -> Known:
    """The conditions behind segments, by key, and those behind personas, under PERSONAS."""
    asked = (p.when for p in draft["personas"].personas)
    return {s.key: s.when for s in draft["segments"].segments} | {
        PERSONAS: AnyOf(tuple(p for p in asked if p is not None))
    }


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


def _moved(when: Predicate, segments: Known, behaviour: bool) -> list[tuple[str, Way]]:
    """The fields of a condition that points move, with the segments between: scores at once, stages by their definitions."""
    found: dict[str, Way] = {}
    for leaf, way in asked(when, segments):
        moves = leaf.field.partition(".")[0] in SCORES or leaf.field == "company.score"
        if moves or (leaf.field in STAGE and not behaviour):
            found.setdefault(leaf.field, way)
    return list(found.items())


def asked(when: Predicate | None, segments: Known, way: Way = ()) -> Iterator[tuple[Is, Way]]:
    """The leaves of a condition, and those of the segments and personas that it asks for, with the keys on the way."""
    for leaf in leaves(when) if when is not None else ():
        if not isinstance(leaf, Is):
            continue
        yield leaf, way
        behind = (
            (PERSONAS,) if leaf.field == "persona" else keys(leaf) if leaf.field == "segment" and leaf.value else ()
        )
        for key in behind:
            if key not in way:
                yield from asked(segments.get(key), segments, (*way, key))


def _moves_itself(draft: Draft, model: Model, field: str, way: Way, at: Path) -> Problem:
    said = {"field": field}
    if way:
        sentence = _("A rule that gives points cannot ask for what depends on “%(field)s”, which points move.") % said
    else:
        sentence = _("A rule that gives points cannot ask for “%(field)s”, which points move.") % said
    through = [_("segment “%(key)s”") % {"key": key} if key else _("persona") for key in way]
    circle = " → ".join((model.key, *through, *(["MQL/SQL"] if field in STAGE else []), field, model.key))
    remedy = _("Ask for what is behind it. The circle: %(circle)s.") % {"circle": circle}
    return draft.problem("scoring", at, sentence, remedy)


def _stages(draft: Draft, segments: Known) -> Iterator[Problem]:
    stages: Stages = draft["stages"]
    found = stages.given
    waits = {key: _waits_for(d.when, segments) & set(found) for key, d in found.items()}
    for key, definition in found.items():
        if key in waits[key] or any(key in waits[other] for other in waits[key]):
            circle = " → ".join(s.upper() for s in (key, *(sorted(waits[key] - {key})), key))
            sentence = _("Nobody could ever reach it: the stages wait for each other (%(circle)s).") % {
                "circle": circle
            }
            yield draft.problem("stages", (key, "when"), sentence, _("Ask for what somebody did or who somebody is."))
        if STAGE & {leaf.field for leaf, _way in asked(definition.keep, segments)}:
            sentence = _("What keeps a stage cannot ask for the stage: people would go back and forth.")
            yield draft.problem("stages", (key, "keep"), sentence, _("Ask for the score, the grade or behaviour."))


def _waits_for(when: Predicate, segments: Known) -> set[str]:
    wanted: set[str] = set()
    for leaf, _way in asked(when, segments):
        if leaf.field == "stage" and leaf.op in ("is", "one of"):
            wanted |= {str(v) for v in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))}
    return wanted
