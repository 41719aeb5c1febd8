"""What forms brought in, and what must still be confirmed."""

from __future__ import annotations

from django.db import models

from reif.crm.models import Consent, Person, Visitor


class Submission(models.Model):
    """One form, sent once. `key` is the form's ticket with the hash of what was entered: a double click is one row.

    data: what was entered, by field. source and details: the touch that led here. ip, agent: kept only when a consent
    was ticked, as its evidence. fulfilled_at: what the form promises was given, or registered, or mailed. via: page,
    embed, html, frame, hubspot. variant: the page's, in a test of two. content: a keyed hash of who sent what, so that
    the same from the same browser within a moment is one. legal: what a foreign form said about consent, word by word.
    """

    key = models.CharField(max_length=64, unique=True)
    form = models.CharField(max_length=64)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="submissions")
    visitor = models.ForeignKey(Visitor, null=True, on_delete=models.SET_NULL, related_name="+")
    data = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="de")
    url = models.CharField(max_length=500, blank=True)
    referrer = models.CharField(max_length=500, blank=True)
    utm = models.JSONField(default=dict)
    source = models.CharField(max_length=32, blank=True)
    source_detail_1 = models.CharField(max_length=255, blank=True)
    source_detail_2 = models.CharField(max_length=255, blank=True)
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    via = models.CharField(max_length=16, default="page")
    variant = models.CharField(max_length=160, blank=True)
    content = models.CharField(max_length=64, blank=True)
    legal = models.JSONField(default=dict)
    revision = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    fulfilled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["form", "-at"], name="capture_submission_form"),
            models.Index(fields=["person", "-at"], name="capture_submission_person"),
            models.Index(fields=["content", "-at"], name="capture_submission_content"),
        ]


class Asked(models.Model):
    """A consent of a submission that the mail must confirm; gone with the request when the time runs out."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="asked")
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="+")
    mails = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)


class Download(models.Model):
    """One file to one person on one day, so that a second click counts nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asset = models.CharField(max_length=120)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "asset", "on"], name="capture_download_once")]
