"""Journeys and segments."""

from __future__ import annotations

from reif.log.fact import Fact


class SegmentEntered(Fact, frozen=True, kw_only=True, tag="segment.entered"):
    """topic: the segment."""


class SegmentLeft(Fact, frozen=True, kw_only=True, tag="segment.left"):
    """topic: the segment."""


class SegmentRequested(Fact, frozen=True, kw_only=True, tag="segment.requested"):
    """A form or somebody of staff wants this person in a fixed segment. topic: the segment."""


class JourneyRequested(Fact, frozen=True, kw_only=True, tag="journey.requested"):
    """A form wants this person to begin a journey; whether it may is the journey's to say. topic: the journey."""


class JourneyEntered(Fact, frozen=True, kw_only=True, tag="journey.entered"):
    """topic: the journey. enrollment: its row."""

    enrollment: int = 0
    revision: int = 0


class JourneyStepped(Fact, frozen=True, kw_only=True, tag="journey.stepped"):
    """topic: `journey/step`. outcome: which way it went (sent, waited, yes, no, skipped…)."""

    enrollment: int = 0
    step: str = ""
    outcome: str = ""


class JourneyLeft(Fact, frozen=True, kw_only=True, tag="journey.left"):
    """topic: the journey. reason: finished, goal, exit, withdrawn."""

    enrollment: int = 0
    reason: str = ""
