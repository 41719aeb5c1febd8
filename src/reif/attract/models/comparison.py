"""A comparison of variants of a page, and what was counted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from reif.attract.models.landing_page import LandingPage


class PageTest(models.Model):
    """One comparison, from its start to its end. arms: [{key, name, weight, sheet}] as they were at the start.

    rule: what must hold before a winner may be named (`sure`, `loss`, `people`, `days`) and whether the system may name
    it by itself (`auto`). how: rule, hand, or stop, where nobody won.
    """

    page = models.ForeignKey(LandingPage, on_delete=models.CASCADE, related_name="tests")
    number = models.PositiveIntegerField()
    arms = models.JSONField()
    rule = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    winner = models.CharField(max_length=8, blank=True)
    how = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="attract_test_number")]
        ordering: ClassVar[list[str]] = ["-number"]


class ArmDay(models.Model):
    """How many people saw a variant on a day, and how many of them sent its form. Numbers, nobody."""

    test = models.ForeignKey(PageTest, on_delete=models.CASCADE, related_name="days")
    arm = models.CharField(max_length=8)
    day = models.DateField()
    visitors = models.PositiveIntegerField(default=0)
    conversions = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["test", "arm", "day"], name="attract_arm_day_once")]


class SeenToday(models.Model):
    """That somebody was counted today: a keyed hash whose key is thrown away with the day, as is this row."""

    test = models.ForeignKey(PageTest, on_delete=models.CASCADE, related_name="+")
    mark = models.BigIntegerField()
    day = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["test", "day", "mark"], name="attract_seen_once")]


class DaySalt(models.Model):
    """The random key of one day; the day after it is gone."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)
