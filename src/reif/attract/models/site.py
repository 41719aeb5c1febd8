"""Who speaks on the public pages."""

from __future__ import annotations

from django.db import models


class Site(models.Model):
    """Who speaks on the public pages: one row. `navigation` is a list of [label, path]; `imprint` the legal facts."""

    name = models.CharField(max_length=100)
    claim = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="de")
    home = models.CharField(max_length=100, default="/blog/")
    navigation = models.JSONField(default=list)
    footer = models.JSONField(default=list)
    imprint = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
