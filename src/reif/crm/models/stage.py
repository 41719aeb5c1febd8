"""The lifecycle ladder, and when somebody was on which rung."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    SUBSCRIBER = "subscriber", _("Subscriber")
    LEAD = "lead", _("Lead")
    MQL = "mql", _("MQL")
    SAL = "sal", _("SAL")
    SQL = "sql", _("SQL")
    OPPORTUNITY = "opportunity", _("Opportunity")
    CUSTOMER = "customer", _("Customer")
    EVANGELIST = "evangelist", _("Evangelist")
    OTHER = "other", _("Other")


STAGES = tuple(Stage.values)


class StageSpell(models.Model):
    """One stay of a person in a stage. The open one has no `left_at`; there is one open spell at most.

    `earlier_seconds` is the time spent in this stage in earlier stays, so cumulative = earlier + this stay.
    """

    person = models.ForeignKey("crm.Person", on_delete=models.CASCADE, related_name="spells")
    stage = models.CharField(max_length=16, choices=Stage)
    came_from = models.CharField(max_length=16, blank=True)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    earlier_seconds = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=64, blank=True)
    recycled = models.BooleanField(default=False)
    event_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(left_at__isnull=True), name="crm_one_open_spell"
            )
        ]
        indexes = [models.Index(fields=["stage", "entered_at"], name="crm_spell_entered")]
        ordering = ["entered_at", "id"]


class Reached(models.Model):
    """When a person first reached a rung, or one above it; `crm/reached.py` keeps it and can make it again.

    rung: 1 lead, 2 MQL, 3 SQL, 4 opportunity, 5 customer. onward: when they first reached the next one.
    source: where the person first came from, as it stands there.
    """

    person = models.ForeignKey("crm.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    rung = models.SmallIntegerField()
    at = models.DateTimeField()
    onward = models.DateTimeField(null=True)
    source = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rung"], name="crm_reached_once")]
        indexes = [models.Index(fields=["rung", "at", "source", "onward", "person"], name="crm_reached_count")]
