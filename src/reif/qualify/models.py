"""The point ledger, and who is in which segment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from reif.crm.models import Person


class Axis(models.TextChoices):
    """The two halves of a score: who somebody is, and what somebody does."""

    FIT = "fit"
    ENGAGEMENT = "engagement"


class Point(models.Model):
    """Points given once, for one event, by one rule. The sums on a person are the sums of these rows.

    event_id: what earned it (for a fit rule: what made it known). day: the day of given_at at the company's place,
    for caps by day. note: what a cap left of the rule's points. Rows of behaviour are never changed.
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
    note = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "model", "rule", "event_id"], name="qualify_point_once")
        ]
        indexes: ClassVar = [models.Index(fields=["day", "rule"], name="qualify_point_day")]


class Member(models.Model):
    """Somebody is in a segment, since then."""

    segment = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="segments")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "segment"], name="qualify_member_once")]
        indexes: ClassVar = [models.Index(fields=["segment", "person"], name="qualify_member_segment")]
