"""One row says that this database is a demo, and from which seed."""

from __future__ import annotations

from django.db import models


class Demo(models.Model):
    """finished_at is empty while the history is being made."""

    seed = models.BigIntegerField()
    people = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
