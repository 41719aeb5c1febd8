"""Who is who: browsers that were seen, and the ids that other software knows people by."""

from __future__ import annotations

from django.db import models

from reif.crm.models.person import Person


class Visitor(models.Model):
    """A browser with consent, or an anonymous id of another software. Belongs to a person at most once.

    The first touch is kept as it was when the visitor was first seen. identified_by: form, track, mail: how it is known
    whose it is. country: where the browser probably is, country_by what that is known: maxmind, timezone, language.
    """

    key = models.CharField(max_length=128, unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="visitors")
    first_seen = models.DateTimeField()
    identified_at = models.DateTimeField(null=True)
    identified_by = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=32, blank=True)
    source_detail_1 = models.CharField(max_length=255, blank=True)
    source_detail_2 = models.CharField(max_length=255, blank=True)
    utm = models.JSONField(default=dict)
    landing_path = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=8, blank=True)
    country = models.CharField(max_length=2, blank=True)
    country_by = models.CharField(max_length=16, blank=True)


class Identity(models.Model):
    """An id under which other software knows a person. kind: user_id, or the name of a system."""

    kind = models.CharField(max_length=32)
    value = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="crm_identity_once")]
