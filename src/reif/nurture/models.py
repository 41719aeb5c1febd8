"""Who is where on which journey, and every step that was taken."""

from __future__ import annotations

from django.db import models

from reif.crm.models import Person


class JourneyVersion(models.Model):
    """One shape of a journey, for good. revision: the playbook in which it was first seen."""

    journey = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    graph = models.TextField()
    revision = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "hash"], name="nurture_version_once")]


class Enrollment(models.Model):
    """One person's way through one version of a journey. node: the step to take at `due_at`; empty at the end.

    round: 0, and one more for each time the person begins again. seq: steps taken so far. arm: `holdout` for those who
    only serve as a comparison. goal_at: the goal was reached, on the way or within 90 days after the beginning.
    """

    ACTIVE, DONE = 1, 2

    journey = models.CharField(max_length=64)
    version = models.ForeignKey(JourneyVersion, on_delete=models.PROTECT, related_name="enrollments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrollments")
    round = models.PositiveIntegerField(default=0)
    node = models.CharField(max_length=64, blank=True)
    seq = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    state = models.SmallIntegerField(default=ACTIVE)
    arm = models.CharField(max_length=16, blank=True)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, blank=True)
    goal_at = models.DateTimeField(null=True)
    cause_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "person", "round"], name="nurture_enrolled_once"),
            models.UniqueConstraint(
                fields=["journey", "person"], condition=models.Q(state=1), name="nurture_active_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="nurture_due", condition=models.Q(state=1, due_at__isnull=False)),
            models.Index(fields=["person", "state"], name="nurture_person"),
            models.Index(fields=["journey", "state", "node"], name="nurture_counts"),
        ]


class EnrollmentStep(models.Model):
    """One step that somebody took, and which way it went. Never changed."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="steps")
    seq = models.PositiveIntegerField()
    node = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrollment", "seq"], name="nurture_step_once")]
        indexes = [models.Index(fields=["node", "outcome"], name="nurture_step_counts")]
