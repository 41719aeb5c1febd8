"""What sellers do with people: calls, demos, meetings, mails, tasks, notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models.deal import Deal
from reif.crm.models.person import Person
from reif.crm.visible import ActivityQuerySet


class Activity(models.Model):
    """Planned when it has due_at and no done_at; a note is done when it is written."""

    class Kind(models.TextChoices):
        DEMO = "demo", _("Demo")
        MEETING = "meeting", _("Meeting")
        CALL = "call", _("Call")
        MAIL = "mail", _("E-mail")
        TASK = "task", _("Task")
        NOTE = "note", _("Note")

    kind = models.CharField(max_length=16, choices=Kind)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="activities")
    deal = models.ForeignKey(Deal, null=True, on_delete=models.SET_NULL, related_name="activities")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    due_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "due_at"], name="crm_activity_due", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["person", "-created_at"], name="crm_activity_person"),
        ]
