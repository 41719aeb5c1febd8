"""What must not be done to an address, kept when nothing else of its owner is left; and what people demand of us."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models.activity import Activity
from reif.crm.models.person import Person


class Suppression(models.Model):
    """An address that gets nothing more (hard_bounce, complaint) or no advertising (objected, erased), as a keyed hash."""

    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=32)
    code = models.CharField(max_length=16, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_hash", "reason"], name="crm_suppression_once")]


class EcgEntry(models.Model):
    """An address or domain on the Austrian list of those who want no advertising, as the hash in which it is given out."""

    digest = models.CharField(max_length=128, unique=True)


class EcgList(models.Model):
    """An import of that list. The newest counts."""

    read_at = models.DateTimeField()
    entries = models.PositiveIntegerField(default=0)


class Claim(models.Model):
    """Somebody wants to know what is stored of them, or wants to be forgotten. activity: the task it made."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("Access to the data")
        ERASURE = "erasure", _("Erasure")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=16, choices=Kind)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    activity = models.ForeignKey(Activity, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(done_at__isnull=True), name="crm_claim_once"
            )
        ]
