"""Where somebody stands in a scoring model, and which of the reckonings counts."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce

from reif.crm.models.person import Person


class Counting(models.Model):
    """The number of the build whose places count, in one row. Written by `set_score` alone."""

    build = models.IntegerField()


class StandingQuerySet(models.QuerySet["Standing"]):
    """Places, with the adjective for those that count."""

    def counting(self) -> StandingQuerySet:
        """Which build that is, the statement itself asks: it finds all old places or all new ones."""
        return self.filter(build=Coalesce(models.Subquery(Counting.objects.values("build")[:1]), 0))


class Standing(models.Model):
    """One person in one scoring model, written by `set_score` alone. Cents are hundredths of a point.

    fit_cents, engagement_cents: what the ledger is worth now, less what ceilings take (cap_cents). score, fit,
    engagement: whole points; all nought while `excluded` names a rule that leaves the person out. due: when the next
    point fades. build: the reckoning it belongs to; one counts, others are being prepared, or were overtaken.
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

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "model", "build"], name="crm_standing_once")]
        indexes = [
            models.Index(fields=["build", "due"], name="crm_standing_due", condition=models.Q(due__isnull=False)),
            models.Index(fields=["build", "model", "score"], name="crm_standing_score"),
        ]
