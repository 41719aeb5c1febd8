"""What segments keep beside their members: how far people are being gone through, and how many came and went each day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from reif.staff.models import User


class Walk(models.Model):
    """Many people gone through for a segment, a piece at a time.

    person: up to whom. people: how many there were when it began; gone: through how many of them.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        GOING = "going"
        DONE = "done"
        STOPPED = "stopped"

    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    person = models.BigIntegerField(default=0)
    people = models.IntegerField(default=0)
    gone = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.GOING)

    @property
    def percent(self) -> int:
        """Of the people who were there when it began."""
        return min(99, 100 * self.gone // max(self.people, 1)) if not self.is_over else 100


class Sorting(Walk):
    """One segment with a condition, for which everybody is gone through; one row for each, kept.

    digest: the condition that people were sorted by, empty for a segment that everybody leaves. place: its turn, after
    the segments that it asks for. entered, left: of this round. cause: the event that asked for it.
    """

    segment = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    place = models.IntegerField(default=0)
    entered = models.IntegerField(default=0)
    left = models.IntegerField(default=0)
    cause = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "place"], name="qualify_sorting_turn")]


class Filling(Walk):
    """Everybody whom a list of people finds, put into a fixed segment or taken out of it.

    query: what the list was asked for. by: who asked; they move whom they see. put: False takes out. last: who was made
    known later is not meant. moved: how many did not stand so before.
    """

    segment = models.CharField(max_length=64)
    query = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    put = models.BooleanField(default=True)
    last = models.BigIntegerField(default=0)
    moved = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["segment", "state"], name="qualify_filling_of")]


class Tally(models.Model):
    """How many people came into a segment and left it on a day of the company's place; their sum is who is in it."""

    segment = models.CharField(max_length=64)
    day = models.DateField()
    entered = models.IntegerField(default=0)
    left = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["segment", "day"], name="qualify_tally_once")]
