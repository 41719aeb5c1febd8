"""Files to download."""

from __future__ import annotations

from django.db import models


class Asset(models.Model):
    """A file to download. `file` is its path below the uploads folder."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    teaser = models.TextField(blank=True)
    file = models.CharField(max_length=255)
    mime = models.CharField(max_length=100, default="application/pdf")
    pages = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
