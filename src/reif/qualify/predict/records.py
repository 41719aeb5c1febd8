"""Models that were learned, the work on them, and what they say about people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from reif.crm.models import Person


class Forecaster(models.Model):
    """One version of a model. Its numbers lie in a file of REIF_HOME; `digest` is the SHA-256 of that file.

    in_force: it is the one that is asked. verdict: why it is in force or is not (first, better, worse, replaced).
    loss, loss_before: what it and the one in force reached on the same newest examples. card: data, period, quality.
    """

    outcome = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    in_force = models.BooleanField(default=False)
    verdict = models.CharField(max_length=16)
    loss = models.FloatField()
    loss_before = models.FloatField(null=True)
    days = models.PositiveIntegerField()
    revision = models.IntegerField(default=0)
    shape = models.JSONField(default=dict)
    card = models.JSONField(default=dict)
    drift = models.JSONField(default=dict)
    drift_at = models.DateTimeField(null=True)
    trained_at = models.DateTimeField()
    learned_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outcome", "version"], name="qualify_forecaster_version"),
            models.UniqueConstraint(
                fields=["outcome"], condition=models.Q(in_force=True), name="qualify_forecaster_in_force"
            ),
        ]


class Lesson(models.Model):
    """Work that was asked for: to learn anew, or to ask about everybody. One is open at most for each outcome and sort.

    state: waiting, running, done, failed. note: a code in words of the page (few, one_sided, worse, …) with numbers.
    """

    outcome = models.CharField(max_length=16)
    sort = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default="waiting")
    step = models.CharField(max_length=16, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=16, blank=True)
    numbers = models.JSONField(default=dict)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["outcome", "sort"], condition=models.Q(ended_at__isnull=True), name="qualify_lesson_open"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["outcome", "-id"], name="qualify_lesson_latest")]


class Prediction(models.Model):
    """What is foreseen of one person. chance: of the model; counts: that, or what somebody set by hand, until released."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="predictions")
    outcome = models.CharField(max_length=16)
    chance = models.FloatField(null=True)
    counts = models.FloatField(null=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by_hand = models.FloatField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.BigIntegerField(null=True)
    set_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "outcome"], name="qualify_prediction_once")]
        indexes: ClassVar = [models.Index(fields=["outcome", "-counts", "-id"], name="qualify_prediction_best")]
