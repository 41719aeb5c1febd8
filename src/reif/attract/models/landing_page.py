"""Pages made of typed blocks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.attract.models.asset import Asset
from reif.attract.models.published import PublishedQuerySet
from reif.attract.models.webinar import Webinar
from reif.attract.pages.blocks import Block, decode


class LandingPage(models.Model):
    """A page made of typed blocks. `at` is its own address (`preise` for /preise); without it, it is at /p/<slug>."""

    slug = models.SlugField(max_length=120, unique=True)
    at = models.SlugField(max_length=120, unique=True, null=True, blank=True)
    language = models.CharField(max_length=8, default="de")
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=300, blank=True)
    cover = models.CharField(max_length=60, blank=True)
    blocks = models.JSONField(default=list)
    webinar = models.ForeignKey(Webinar, null=True, blank=True, on_delete=models.SET_NULL, related_name="landings")
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.SET_NULL, related_name="landings")
    bare = models.BooleanField(default=False, help_text=_("Without navigation, so that nothing leads away"))
    hidden = models.BooleanField(default=False, help_text=_("Not for search engines"))
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    objects = PublishedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/{self.at}" if self.at else f"/p/{self.slug}"

    @property
    def parts(self) -> list[Block]:
        return decode(self.blocks)

    @property
    def forms(self) -> list[str]:
        """The forms on this page."""
        return [b["form"] for b in self.blocks if b.get("form")]
