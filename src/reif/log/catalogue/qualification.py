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
