"""Where somebody stands in a scoring model."""

from __future__ import annotations

from django.db import models

from reif.crm.models.person import Person


class Standing(models.Model):
    """One person in one scoring model, written by `set_score` alone. Cents are hundredths of a point.

    fit_cents, engagement_cents: what the ledger is worth now, less what ceilings take (cap_cents). score, fit,
    engagement: whole points; all nought while `excluded` names a rule that leaves the person out. due: when the next
    point fades. build: 0 is what counts; other numbers are being prepared.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings")
    model = models.CharField(max_length=64)
    build = models.IntegerField(default=0)
    fit_cents = models.IntegerField(default=0)
    engagement_cents = models.IntegerField(default=0)
    cap_cents = models.IntegerField(default=0)
    score = models.IntegerField(default=0)
    fit = models.IntegerField(default=0)
    engagement = models.IntegerField(default=0)
    grade = models.CharField(max_length=2, blank=True)
    excluded = models.CharField(max_length=64, blank=True)
    due = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "model", "build"], name="crm_standing_once")]
        indexes = [
            models.Index(fields=["build", "due"], name="crm_standing_due", condition=models.Q(due__isnull=False)),
            models.Index(fields=["build", "model", "score"], name="crm_standing_score"),
        ]
