"""Companies, known by their mail domain."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from reif.crm.company_key import KeyField
from reif.crm.folded import FoldedField
from reif.crm.visible import CompanyQuerySet


class Company(models.Model):
    """size is the number of employees; score is that of its people, written by `set_score` alone. `domain` is unique: one mail domain is one company.

    name_key: the name as companies are told apart by it, without capitals, signs and legal form. revenue: a year, in whole
    units of whatever the house reckons in. parent: the company to which it belongs. traits: what the house keeps besides.
    """

    name = models.CharField(max_length=200)
    name_fold = FoldedField(of="name")
    name_key = KeyField()
    domain = models.CharField(max_length=253, null=True, unique=True)
    industry = models.CharField(max_length=100, blank=True)
    industry_fold = FoldedField(of="industry")
    size = models.PositiveIntegerField(null=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=64, blank=True)
    city = models.CharField(max_length=100, blank=True)
    city_fold = FoldedField(of="city")
    website = models.URLField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    revenue = models.BigIntegerField(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="children")
    traits = models.JSONField(default=dict)
    score = models.IntegerField(default=0)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name_fold"], name="crm_company_name", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["name_key"], name="crm_company_key"),
            models.Index(fields=["-score", "-id"], name="crm_company_score"),
        ]

    def __str__(self) -> str:
        return self.name
