"""Talks at a time, who has a seat, and who came."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models

from reif.crm.folded import FoldedField
from reif.crm.models import Person
from reif.kit.clock import now


class Webinar(models.Model):
    """A talk at a time. Its landing page has the same slug with `webinar-` before it.

    file: the file of a playbook that it came from; own_since: edited in the browser, so the file no longer changes it.
    version: grows with each save; calendars take it as the sequence of the entry. called_off_at: it does not take place.
    """

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveIntegerField(default=45)
    timezone = models.CharField(max_length=64, default="Europe/Zurich")
    speaker = models.CharField(max_length=100)
    speaker_role = models.CharField(max_length=150, blank=True)
    join_url = models.URLField(max_length=500, blank=True)
    recording_url = models.URLField(max_length=500, blank=True)
    called_off_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=200, blank=True)
    own_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    folded = FoldedField(of="words", max_length=400)

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> Any:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def over(self) -> bool:
        return bool(self.ends_at <= now())

    @property
    def words(self) -> str:
        """What a search looks in."""
        return f"{self.title} {self.slug} {self.speaker}"

    @property
    def from_file(self) -> bool:
        """Does the file still own it?"""
        return bool(self.file) and self.own_since is None


class Registration(models.Model):
    """A seat. registered_at is empty for those who came without one. A seat that was given back has cancelled_at.

    minutes: how long they were there, devices at the same time counted once. missed_at: told that they did not come.
    """

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    registered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    attended_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webinar", "person"], name="attract_registration_once")]

    @property
    def state(self) -> str:
        """registered, cancelled, attended or missed."""
        if self.attended_at:
            return "attended"
        if self.cancelled_at:
            return "cancelled"
        return "missed" if self.missed_at else "registered"


class AttendanceList(models.Model):
    """A list of the meeting tool that was uploaded. rows: what it says, until it was taken over or another one came.

    format: whose list it is. told: what became of it, in numbers.
    """

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="lists")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    format = models.CharField(max_length=16)
    rows = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True)
