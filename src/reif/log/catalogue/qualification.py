"""Scores and qualification."""

from __future__ import annotations

from reif.log.fact import Fact


class PersonScored(Fact, frozen=True, kw_only=True, tag="person.scored"):
    """topic: the model. The new sums, and by how much the total moved; the ledger has the rows."""

    score: int = 0
    fit: int = 0
    engagement: int = 0
    delta: int = 0


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
