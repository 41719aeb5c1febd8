"""What is published: articles, landing pages, webinars, files, and the site they stand on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.attract.blocks import Block, decode
from reif.kit.clock import now


class PublishedQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(published_at__lte=now())


class Site(models.Model):
    """Who speaks on the public pages: one row. `navigation` is a list of [label, path]; `imprint` the legal facts."""

    name = models.CharField(max_length=100)
    claim = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="de")
    home = models.CharField(max_length=100, default="/blog/")
    navigation = models.JSONField(default=list)
    footer = models.JSONField(default=list)
    imprint = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


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


class Asset(models.Model):
    """A file to download. `file` is its path below the uploads folder."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    teaser = models.TextField(blank=True)
    file = models.CharField(max_length=255)
    mime = models.CharField(max_length=100, default="application/pdf")
    pages = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Webinar(models.Model):
    """A talk at a time. Its landing page has the same slug with `webinar-` before it."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=45)
    timezone = models.CharField(max_length=64, default="Europe/Zurich")
    speaker = models.CharField(max_length=100)
    speaker_role = models.CharField(max_length=150, blank=True)
    join_url = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> Any:
        return self.starts_at + timedelta(minutes=self.minutes)


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
