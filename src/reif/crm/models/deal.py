"""Deals and the stages of their pipeline."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models.company import Company
from reif.crm.models.person import Person
from reif.crm.visible import DealQuerySet


class DealStage(models.TextChoices):
    APPOINTMENT = "appointment", _("Appointment")
    QUALIFIED = "qualified", _("Qualified")
    PRESENTATION = "presentation", _("Presentation")
    DECISION = "decision", _("Decision")
    CONTRACT = "contract", _("Contract")

    @property
    def probability(self) -> int:
        """Percent, HubSpot's defaults."""
        return {"appointment": 20, "qualified": 40, "presentation": 60, "decision": 80, "contract": 90}[self.value]


class Deal(models.Model):
    """A possible sale. Open until won_at or lost_at. Money in cents of `currency` (ISO 4217)."""

    name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="deals")
    company = models.ForeignKey(Company, null=True, on_delete=models.SET_NULL, related_name="deals")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="deals")
    stage = models.CharField(max_length=16, choices=DealStage, default=DealStage.APPOINTMENT)
    stage_at = models.DateTimeField()
    position = models.FloatField(default=0)
    cents = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="CHF")
    expected_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    won_at = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=64, blank=True)
    closed_note = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(won_at__isnull=True) | models.Q(lost_at__isnull=True),
                name="crm_deal_one_end",
            )
        ]
        indexes = [models.Index(fields=["owner", "stage"], name="crm_deal_owner")]

    def __str__(self) -> str:
        return self.name
