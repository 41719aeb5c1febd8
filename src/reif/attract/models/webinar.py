"""Talks at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models


class Webinar(models.Model):
    """A talk at a time. Its landing page has the same slug with `webinar-` before it."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=45)
    timezone = models.CharField(max_length=64, default="Europe/Zurich")
    speaker = models.CharField(max_length=100)
    speaker_role = models.CharField(max_length=150, blank=True)
    join_url = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> Any:
        return self.starts_at + timedelta(minutes=self.minutes)
