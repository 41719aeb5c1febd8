"""What segments keep beside their members: how far everybody is being gone through, and how many came and went each day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Sorting(models.Model):
    """One segment with a condition, gone through from the first person to the last; one row for each, kept.

    digest: the condition that people were sorted by, empty for a segment that everybody leaves. place: its turn, after
    the segments that it asks for. person: up to whom. people: how many there were when it began; gone: through how many of
    them. entered, left: of this round. cause: the event that asked for it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        GOING = "going"
        DONE = "done"
        STOPPED = "stopped"

    segment = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    digest = models.CharField(max_length=64, blank=True)
    place = models.IntegerField(default=0)
    person = models.BigIntegerField(default=0)
    people = models.IntegerField(default=0)
    gone = models.IntegerField(default=0)
    entered = models.IntegerField(default=0)
    left = models.IntegerField(default=0)
    cause = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "place"], name="qualify_sorting_turn")]

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.GOING)

    @property
    def percent(self) -> int:
        """Of the people who were there when it began."""
        return min(99, 100 * self.gone // max(self.people, 1)) if not self.is_over else 100


class Tally(models.Model):
    """How many people came into a segment and left it on a day of the company's place; their sum is who is in it."""

    segment = models.CharField(max_length=64)
    day = models.DateField()
    entered = models.IntegerField(default=0)
    left = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["segment", "day"], name="qualify_tally_once")]
