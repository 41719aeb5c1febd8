"""The point ledger and how it is reckoned anew, and doubts about stages."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from reif.crm.models import Member, Person
from reif.qualify.backtest.record import Kept, Trial
from reif.qualify.predict.records import Forecaster, Lesson, Prediction
from reif.qualify.segments.records import Filling, Sorting, Tally


class Axis(models.TextChoices):
    """The two halves of a score: who somebody is, and what somebody does."""

    FIT = "fit"
    ENGAGEMENT = "engagement"


class Point(models.Model):
    """Points given once, for one event, by one rule. What they are worth now follows from their age (`worth.py`).

    event_id: what earned it (for a fit rule: what made it known). day: the day of given_at at the company's place,
    for limits. build: which reckoning of history the row belongs to. Rows of behaviour are never changed.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="points")
    model = models.CharField(max_length=64)
    rule = models.CharField(max_length=64)
    axis = models.CharField(max_length=16, choices=Axis)
    event_id = models.BigIntegerField()
    points = models.IntegerField()
    given_at = models.DateTimeField()
    day = models.DateField()
    revision = models.IntegerField()
    build = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "model", "rule", "event_id", "build"], name="qualify_point_once")
        ]
        indexes: ClassVar = [models.Index(fields=["day", "rule"], name="qualify_point_day")]


class Build(models.Model):
    """One reckoning of all history under one revision's scoring models: the one in force, or one on its way.

    position: up to which event the deeds are counted; until: how far it went in the first place. person: up to whom
    everybody's profile is counted, everybody is told, or everybody's rows are swept away. Progress is kept with the rows it
    made, so that a crash loses nothing. people: how many there are; reckoned: how many of them are done, or told; changed:
    how many stand elsewhere by it in the main model.
    """

    class State(models.TextChoices):
        """Deeds, then people, then in force until another one is; then those are told who stand elsewhere by that. Dropped
        when it was overtaken.
        """

        DEEDS = "deeds"
        PEOPLE = "people"
        LIVE = "live"
        TELLING = "telling"
        GONE = "gone"

    revision = models.IntegerField()
    hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DEEDS)
    position = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    person = models.BigIntegerField(default=0)
    cause = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    people = models.IntegerField(default=0)
    reckoned = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="live"), name="qualify_one_live")
        ]


class StageRound(models.Model):
    """The walk over everybody on which stages are looked at; one row while it goes on. person: up to whom it has come."""

    cause = models.BigIntegerField()
    person = models.BigIntegerField(default=0)


class Draft(models.Model):
    """A scoring that is being edited, and kept until it is published or thrown away. text: the section as JSON.

    expected: the revision that it was made from.
    """

    text = models.TextField()
    expected = models.IntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()


class Doubt(models.Model):
    """What kept somebody in a stage has not held since then; goes when it holds again, or the person goes back."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="doubt")
    stage = models.CharField(max_length=16)
    since = models.DateTimeField()


class Likeness(models.Model):
    """Which persona somebody is like by the rules: how surely, in per cent, and what fits, differs or is unknown."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="likeness")
    persona = models.CharField(max_length=64)
    confidence = models.SmallIntegerField()
    evidence = models.JSONField(default=dict)
    revision = models.IntegerField()


class Round(models.Model):
    """One walk over everybody, to find personas and rate data anew. person: up to whom it has come; done_at: it has ended."""

    revision = models.IntegerField()
    cause = models.BigIntegerField(null=True)
    person = models.BigIntegerField(default=0)
    moved = models.IntegerField(default=0)
    rated = models.IntegerField(default=0)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)


class Choice(models.Model):
    """Somebody of staff knows better which persona it is; stays until released."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="chosen_persona")
    persona = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class Counted(models.Model):
    """What somebody counts for on the board of personas. lack: why there is no persona; steps: tenths of days until then."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    persona = models.CharField(max_length=64, blank=True)
    lack = models.SmallIntegerField()
    mql = models.IntegerField(null=True)
    sql = models.IntegerField(null=True)
    opportunity = models.IntegerField(null=True)
    customer = models.IntegerField(null=True)


class Crowd(models.Model):
    """How many people of a persona reached a rung of the funnel so many tenths of days after they became known."""

    persona = models.CharField(max_length=64, blank=True)
    rung = models.SmallIntegerField()
    tenths = models.IntegerField()
    people = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "rung", "tenths"], name="qualify_one_crowd")]


__all__ = [
    "Axis",
    "Build",
    "Choice",
    "Counted",
    "Crowd",
    "Doubt",
    "Filling",
    "Forecaster",
    "Kept",
    "Lesson",
    "Likeness",
    "Member",
    "Point",
    "Prediction",
    "Round",
    "Sorting",
    "StageRound",
    "Tally",
    "Trial",
]
