"""What belongs to forms besides their submissions: files that were handed in, what was set aside, and plain counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from reif.capture.models.submission import Submission


class Upload(models.Model):
    """A file that somebody handed in. key: its name in our folder, which says nothing about it. name: what it was called.

    Without a submission it belongs to a form that is still being filled in, and is thrown away after a day.
    """

    submission = models.ForeignKey(Submission, null=True, on_delete=models.CASCADE, related_name="uploads")
    form = models.CharField(max_length=64)
    field = models.CharField(max_length=40)
    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150)
    mime = models.CharField(max_length=100)
    size = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["submission", "at"], name="capture_upload_waiting")]


class Quarantined(models.Model):
    """A form that came from a page where it may not stand. Nothing was made of it; staff can release it or throw it away.

    posted: what was sent, as it came. sent: what else is needed to take it later. A decision has a who and a when.
    """

    form = models.CharField(max_length=64)
    origin = models.CharField(max_length=255, blank=True)
    reason = models.CharField(max_length=32)
    posted = models.JSONField(default=dict)
    sent = models.JSONField(default=dict)
    content = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    submission = models.ForeignKey(Submission, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["form", "decided_at", "-id"], name="capture_quarantine_open")]


class FormCount(models.Model):
    """How often a form was seen, begun, left at a field, refused, or sent: a day and a number, and nobody in it.

    what: view, start, left, wrong, sent. field: where it was left or wrong. path: the page it stood on.
    """

    day = models.DateField()
    form = models.CharField(max_length=64)
    what = models.CharField(max_length=8)
    field = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=200, blank=True)
    variant = models.CharField(max_length=160, blank=True)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "day", "what", "field", "path", "variant"], name="capture_form_count_once"
            )
        ]
