"""Revisions of the ways of working, and which one is in force."""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings
from django.db import models


class Revision(models.Model):
    """One content, for good, known by the hash of its canonical JSON. `parent`: what was in force when it was made.

    The text is kept as it was hashed: a JSON column would lose the order of keys, which can mean something.
    """

    hash = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    created_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        """Enough of the hash to tell revisions apart."""
        return self.hash[:10]

    @property
    def said(self) -> dict[str, Any]:
        """The sections as they were applied."""
        return msgspec.json.decode(self.text, type=dict[str, Any])


class Activation(models.Model):
    """A revision came into force. The history of the playbook; going back is one more line."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="activations")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    reverted = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]


class Active(models.Model):
    """The one row that points to what is in force; whoever changes it holds its lock."""

    activation = models.ForeignKey(Activation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="playbook_one_active")]
