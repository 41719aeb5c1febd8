"""What the ingest remembers."""

from __future__ import annotations

from django.db import models

from reif.crm.models import Visitor


class Seen(models.Model):
    """A message that was taken from the spool. The id is a hash of site and message id."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(db_index=True)


class Alias(models.Model):
    """Two visitors that are one: when somebody knows who one of them is, the other is too."""

    left = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="capture_alias_once")]


class Visit(models.Model):
    """One stay of a browser with personal consent: from its first page until half an hour of silence, or a new campaign.

    seconds: how long pages were in front. source, campaign: where this stay came from. country: where the browser probably
    is, `by` what that is known: maxmind, timezone or language.
    """

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    entry = models.CharField(max_length=255)
    exit = models.CharField(max_length=255)
    pages = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=32, blank=True)
    campaign = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    by = models.CharField(max_length=16, blank=True)
    device = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["visitor", "-started_at"], name="capture_visit_visitor"),
            models.Index(fields=["started_at"], name="capture_visit_started"),
        ]


class DailyCount(models.Model):
    """How often something happened on a day: numbers, nobody in them.

    kind: view, leave, click, event, call.viewed and the like, consent (path: the level chosen), and apart from
    them machine, staff, spam (source: what gave it away). level: what the visitor agreed to, personal or aggregate.
    """

    day = models.DateField()
    kind = models.CharField(max_length=16)
    level = models.CharField(max_length=16, blank=True)
    path = models.CharField(max_length=255)
    source = models.CharField(max_length=32, blank=True)
    country = models.CharField(max_length=2, blank=True)
    device = models.CharField(max_length=8, blank=True)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "level", "path", "source", "country", "device"], name="capture_count_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "day"], name="capture_count_kind")]
