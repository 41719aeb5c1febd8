"""Back-tests that were asked for, and those that are kept beside a revision for good."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reif.qualify.backtest.comparison import Comparison
from reif.qualify.suggest.hints import Hints


class Trial(models.Model):
    """One back-test. said: the draft's scoring and stages, as a revision says them; digest: of these.

    part: how much is done, 0 to 1; beat_at: when that was last said. told: the comparison; hints: what the history
    suggests; sentence: why there is none.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("not possible")
        STOPPED = "stopped", _("stopped")

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    words = models.CharField(max_length=200)
    said = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    model = models.CharField(max_length=64, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    part = models.FloatField(default=0)
    beat_at = models.DateTimeField(null=True)
    told = models.JSONField(null=True)
    hints = models.JSONField(null=True)
    sentence = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="qualify_trial_state"),
            models.Index(fields=["digest", "-id"], name="qualify_trial_digest"),
        ]

    @property
    def title(self) -> str:
        """What it is called, in the reader's language where the house named it."""
        return gettext(self.words) if self.words else ""

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.RUNNING)

    @property
    def comparison(self) -> Comparison | None:
        return msgspec.convert(self.told, Comparison) if self.told else None

    @property
    def suggestions(self) -> Hints | None:
        return msgspec.convert(self.hints, Hints) if self.hints else None

    @property
    def percent(self) -> int:
        return round(self.part * 100)


class Kept(models.Model):
    """The comparison that somebody had seen when a revision was published."""

    revision = models.IntegerField(db_index=True)
    kept_at = models.DateTimeField()
    told = models.JSONField()

    @property
    def comparison(self) -> Comparison:
        return msgspec.convert(self.told, Comparison)
