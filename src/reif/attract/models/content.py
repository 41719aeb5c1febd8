"""Texts to read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.attract.models.published import PublishedQuerySet


class Content(models.Model):
    """A text to read. `offer` is the slug of the landing page it ends with; `body` is Markdown."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        WHITEPAPER = "whitepaper", _("Whitepaper")
        WEBINAR = "webinar", _("Webinar")
        PAGE = "page", _("Page")

    kind = models.CharField(max_length=16, choices=Kind, default=Kind.ARTICLE)
    slug = models.SlugField(max_length=120, unique=True)
    language = models.CharField(max_length=8, default="de")
    title = models.CharField(max_length=200)
    teaser = models.TextField(blank=True)
    body = models.TextField(blank=True)
    author = models.CharField(max_length=100, blank=True)
    author_role = models.CharField(max_length=100, blank=True)
    category = models.CharField(max_length=60, blank=True)
    cover = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=300, blank=True)
    offer = models.SlugField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    objects = PublishedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "-published_at"], name="attract_content_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/blog/{self.slug}"

    @property
    def minutes(self) -> int:
        """Reading time at 200 words a minute."""
        return max(1, round(len(self.body.split()) / 200))
