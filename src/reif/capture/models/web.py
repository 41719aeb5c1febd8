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


class DailyCount(models.Model):
    """Page views and the like of people who agreed to counting alone: a day, a page, a number, nobody."""

    day = models.DateField()
    kind = models.CharField(max_length=16)
    path = models.CharField(max_length=255)
    source = models.CharField(max_length=32, blank=True)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", "path", "source"], name="capture_count_once")]
