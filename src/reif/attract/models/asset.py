"""Files to download."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.folded import FoldedField


class Asset(models.Model):
    """A file to download. `file` is its path below the uploads folder.

    source: the file of a playbook that it was set from; own_since: uploaded or edited here, so the source no longer
    changes it.
    """

    class Kind(models.TextChoices):
        WHITEPAPER = "whitepaper", _("Whitepaper")
        EBOOK = "ebook", _("E-book")
        INFOGRAPHIC = "infographic", _("Infographic")
        CHECKLIST = "checklist", _("Checklist")
        OTHER = "other", _("Other file")

    kind = models.CharField(max_length=16, choices=Kind, default=Kind.WHITEPAPER)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    teaser = models.TextField(blank=True)
    cover = models.CharField(max_length=60, blank=True)
    file = models.CharField(max_length=255)
    mime = models.CharField(max_length=100, default="application/pdf")
    pages = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField(db_index=True)
    source = models.CharField(max_length=200, blank=True)
    own_since = models.DateTimeField(null=True)
    folded = FoldedField(of="words", max_length=500)

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """What a search looks in."""
        return f"{self.title} {self.slug} {self.teaser}"[:500]

    @property
    def picture(self) -> str:
        """The cover, or the word that one is drawn for."""
        return self.cover or f"paper-{self.slug}"

    @property
    def ending(self) -> str:
        """PDF, EPUB, PNG: what people call it."""
        return self.file.rsplit(".", 1)[-1].upper()

    @property
    def from_file(self) -> bool:
        return bool(self.source) and self.own_since is None
