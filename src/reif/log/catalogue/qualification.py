"""Scores and qualification."""

from __future__ import annotations

from reif.log.fact import Fact


class PersonScored(Fact, frozen=True, kw_only=True, tag="person.scored"):
    """topic: the model. The new sums, and by how much the total moved; the ledger has the rows.

    grade, was_grade: now and before. excluded: the rule that leaves the person out.
    """

    score: int = 0
    fit: int = 0
    engagement: int = 0
    delta: int = 0
    grade: str = ""
    was_grade: str = ""
    excluded: str = ""


class PersonQualified(Fact, frozen=True, kw_only=True, tag="person.qualified"):
    """topic: the stage that is deserved now (mql, sql). rule: which definition said so."""

    rule: str = ""
    revision: int = 0
    score: int = 0


class PredictionMade(Fact, frozen=True, kw_only=True, tag="prediction.made"):
    """topic: what is foreseen (sql, won). percent: the chance that counts now, None for none; before: the one until now.

    Said when it moved far, or across a number that the playbook asks about. version: of the model.
    """

    percent: int | None = None
    before: int | None = None
    version: int = 0


class PredictionSet(Fact, frozen=True, kw_only=True, tag="prediction.set"):
    """Somebody knows better: this chance counts until it is released. topic: what is foreseen."""

    percent: int = 0


class PredictionReleased(Fact, frozen=True, kw_only=True, tag="prediction.released"):
    """What the model says counts again. topic: what is foreseen."""


class ModelTrained(Fact, frozen=True, kw_only=True, tag="model.trained"):
    """topic: what it foresees. examples: people at moments; auc: on the newest, unseen; in_force: it is asked from now on."""

    version: int = 0
    examples: int = 0
    auc: float = 0.0
    in_force: bool = False


class ModelReplaced(Fact, frozen=True, kw_only=True, tag="model.replaced"):
    """topic: what it foresees. version: the model that is asked now; before: the one until now, which did worse."""

    version: int = 0
    before: int = 0


class PersonDisqualified(Fact, frozen=True, kw_only=True, tag="person.disqualified"):
    """topic: the stage that is not deserved any more."""

    rule: str = ""
    reason: str = ""
    revision: int = 0


class CompanyScored(Fact, frozen=True, kw_only=True, tag="company.scored"):
    """A company's score, from those of its people, is another one. delta: by how much."""

    score: int = 0
    delta: int = 0


class ScoringRebuilt(Fact, frozen=True, kw_only=True, tag="scoring.rebuilt"):
    """Everybody was scored anew, and the new numbers count. topic: the revision's short hash; people: whose changed."""

    revision: int = 0
    people: int = 0
    seconds: int = 0


class PersonaAssigned(Fact, frozen=True, kw_only=True, tag="persona.assigned"):
    """topic: the persona, empty for none any more. confidence: per cent; 0 when somebody of staff chose it."""

    confidence: int = 0


class DataRated(Fact, frozen=True, kw_only=True, tag="data.rated"):
    """How complete and how good somebody's data are, in per cent. Said when a condition of the playbook reads differently."""

    completeness: int = 0
    quality: int = 0
