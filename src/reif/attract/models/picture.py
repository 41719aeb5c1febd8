"""Pictures that were uploaded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from reif.attract.pictures import address
from reif.crm.folded import FoldedField


class Picture(models.Model):
    """One picture of the library. `key` holds its hash and its size; bytes: of the widest copy; alt: what it shows."""

    key = models.CharField(max_length=48, unique=True)
    name = models.CharField(max_length=200)
    alt_de = models.CharField(max_length=300, blank=True)
    alt_en = models.CharField(max_length=300, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    folded = FoldedField(of="words", max_length=900)

    class Meta:
        indexes = [models.Index(fields=["-added_at", "-id"], name="attract_picture_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """What a search looks in."""
        return f"{self.name} {self.alt_de} {self.alt_en}"

    @property
    def alt(self) -> str:
        return self.alt_in(get_language() or "de")

    def alt_in(self, language: str) -> str:
        """What it shows, in this language or else in the other."""
        first, second = (self.alt_de, self.alt_en) if language.startswith("de") else (self.alt_en, self.alt_de)
        return first or second

    @property
    def width(self) -> int:
        return address.size(self.key)[0]

    @property
    def height(self) -> int:
        return address.size(self.key)[1]
