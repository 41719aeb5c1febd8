"""The hand-over from marketing to sales."""

from __future__ import annotations

from datetime import datetime

from reif.log.fact import Fact


class PersonAssigned(Fact, frozen=True, kw_only=True, tag="person.assigned"):
    """topic: the routing rule. assignment: its row, with candidates and the reason."""

    assignment: int = 0
    owner: int = 0
    team: int = 0
    revision: int = 0
    due_at: datetime | None = None


class PersonUnassigned(Fact, frozen=True, kw_only=True, tag="person.unassigned"):
    """Nobody could take the person. topic: the reason."""

    revision: int = 0


class AssignmentAccepted(Fact, frozen=True, kw_only=True, tag="assignment.accepted"):
    assignment: int = 0
    seconds: int = 0


class AssignmentRejected(Fact, frozen=True, kw_only=True, tag="assignment.rejected"):
    """topic: the reason (unable_to_reach, inaccurate_data, no_need, no_budget, no_fit, bad_timing…)."""

    assignment: int = 0


class SlaWarned(Fact, frozen=True, kw_only=True, tag="sla.warned"):
    """topic: the SLA."""

    assignment: int = 0


class SlaBreached(Fact, frozen=True, kw_only=True, tag="sla.breached"):
    """topic: the SLA."""

    assignment: int = 0
    owner: int = 0


class SlaMet(Fact, frozen=True, kw_only=True, tag="sla.met"):
    """topic: the SLA. seconds: business seconds it took."""

    assignment: int = 0
    seconds: int = 0
