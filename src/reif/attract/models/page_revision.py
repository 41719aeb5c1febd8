"""What a page said at a moment, and who wrote it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.attract.models.landing_page import LandingPage


class PageRevision(models.Model):
    """One saved state of a page, or of one of its variants (`arm`). Each knows the one it was made from.

    Undo moves the page's pointer back to the parent, redo to the newest child; nothing is ever lost.
    sheet: the whole state. block and field: what was touched, so that the letters of one sentence are one step.
    """

    class Kind(models.TextChoices):
        MADE = "made", _("Page made")
        FILE = "file", _("Loaded from the file")
        EDIT = "edit", _("Block changed")
        ADD = "add", _("Block added")
        COPY = "copy", _("Block duplicated")
        REMOVE = "remove", _("Block removed")
        ORDER = "order", _("Order changed")
        META = "meta", _("Settings changed")
        RESTORE = "restore", _("Earlier version restored")
        VARIANT = "variant", _("Variant made")
        WON = "won", _("Variant taken over")
        ASIDE = "aside", _("Kept aside: two people wrote at once")

    page = models.ForeignKey(LandingPage, on_delete=models.CASCADE, related_name="revisions")
    arm = models.CharField(max_length=8, default="a")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="children")
    sheet = models.JSONField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.EDIT)
    block = models.CharField(max_length=16, blank=True)
    field = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="attract_revision_number")]
        indexes = [models.Index(fields=["page", "arm", "-number"], name="attract_revision_newest")]


class PageArm(models.Model):
    """A variant of a page beside the page itself, which is arm `a`."""

    page = models.ForeignKey(LandingPage, on_delete=models.CASCADE, related_name="arms")
    key = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    weight = models.PositiveSmallIntegerField(default=1)
    draft = models.ForeignKey(PageRevision, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="attract_arm_once")]
