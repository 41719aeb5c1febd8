"""Who is in which segment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from reif.crm.models.person import Person


class Member(models.Model):
    """Somebody is in a segment, since then. Written by the segments of qualification alone; conditions ask for it."""

    segment = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="segments", db_index=False)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "segment"], name="crm_member_once")]
        indexes: ClassVar = [models.Index(fields=["segment", "person"], name="crm_member_segment")]
