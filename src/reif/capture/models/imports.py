"""Files of people and of companies: what was understood, what became of each row, and what is needed to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models import Company, Person


class Import(models.Model):
    """One file. kind: people or companies. `stored`: its name in REIF_HOME/uploads/imports, empty when it was thrown away, which happens at the end.

    about: how it was read; mapping: a target for each heading; options: see `imports/options.py`; basis: the answer to
    why these people may be processed, and written to. position: the number of the last row that was dealt with; it
    moves in the transaction that takes the rows over, so that a crash repeats none. figures: counts for the pictures.
    worker, beat_at: who works on it, and when that was last seen.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Finished")
        CANCELLED = "cancelled", _("Stopped")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(max_length=12, default="people")
    name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=255)
    stored = models.CharField(max_length=80, blank=True)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    about = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    basis = models.JSONField(default=dict)
    expected = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    skipped = models.BigIntegerField(default=0)
    left_out = models.BigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    worker = models.CharField(max_length=36, blank=True)
    beat_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undo_position = models.BigIntegerField(default=0)
    removed = models.BigIntegerField(default=0)
    restored = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state"], name="capture_import_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the worker has something to do for it."""
        return self.state in (self.State.WAITING, self.State.RUNNING, self.State.UNDOING)

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100, by the estimate of rows."""
        return min(99, 100 * self.rows // self.expected) if self.is_open and self.expected else 100


class ImportProblem(models.Model):
    """A row that was skipped, or a value (with a heading) that was left out. cells: the row as it stood in the file."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    row = models.BigIntegerField()
    key = models.CharField(max_length=32)
    heading = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=100, blank=True)
    skipped = models.BooleanField(default=False)
    cells = models.JSONField(default=list)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["of", "row"], name="capture_problem_row")]


class ImportedChange(models.Model):
    """What the columns of somebody, or of a company, were before a row of a file, and what it made of them; kept until the
    undo runs out."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, null=True, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["of", "id"], name="capture_change_of")]


class SavedMapping(models.Model):
    """Where the columns of a file with these headings went the last time. key: a hash of the headings, squeezed."""

    key = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    used_at = models.DateTimeField()
