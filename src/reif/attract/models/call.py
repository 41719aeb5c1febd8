"""Calls to action."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.kit.clock import now


class CallQuerySet(models.QuerySet["Call"]):
    def running(self) -> CallQuerySet:
        """Switched on, and within their time."""
        moment = now()
        begun = models.Q(starts_at=None) | models.Q(starts_at__lte=moment)
        going = models.Q(ends_at=None) | models.Q(ends_at__gt=moment)
        return self.filter(begun, going, live=True)


class Call(models.Model):
    """Something that asks a visitor to go on: a text with a button or a form, and rules for when it is shown.

    place: where it stands (a bar top or bottom, what slides in left or right; in the text before or after that of an
    article, or only at marks). form: the slug of the form in it; then there is no button.
    rules: a `Showing`. group: of those with the same group one is shown, by weight.
    """

    class Kind(models.TextChoices):
        INLINE = "inline", _("In the text")
        BAR = "bar", _("Bar")
        POPUP = "popup", _("Popup")
        SLIDE = "slide", _("Slides in")
        EXIT = "exit", _("On leaving")

    class Place(models.TextChoices):
        TOP = "top", _("Top")
        BOTTOM = "bottom", _("Bottom")
        LEFT = "left", _("On the left")
        RIGHT = "right", _("On the right")
        MARK = "mark", _("Only where its mark stands")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POPUP)
    place = models.CharField(max_length=8, choices=Place, default=Place.BOTTOM)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=600, blank=True)
    button = models.CharField(max_length=60, blank=True)
    href = models.CharField(max_length=500, blank=True)
    form = models.CharField(max_length=64, blank=True)
    picture = models.CharField(max_length=80, blank=True)
    rules = models.JSONField(default=dict)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    live = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=50)
    group = models.CharField(max_length=60, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-priority", "id"]
        indexes = [models.Index(fields=["-priority"], name="attract_call_live", condition=models.Q(live=True))]

    def __str__(self) -> str:
        return self.name

    @property
    def floats(self) -> bool:
        """Over the page, not in it."""
        return self.kind != self.Kind.INLINE
