"""Texts to read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.attract.models.published import PublishedManager
from reif.crm.folded import FoldedField
from reif.kit.clock import now


class Content(models.Model):
    """A text to read. `offer` is the slug of the landing page it ends with; `body` is Markdown.

    published_at: none for a draft, ahead for what is scheduled. announced_at: content.published was said for it.
    file: the file of a playbook that it came from; own_since: edited in the browser, so the file no longer changes it.
    version: grows with each save, so that two editors notice each other. related: ids chosen to read on.
    seo: what the check found when it was saved, as [code, level].
    """

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
    keyword = models.CharField(max_length=80, blank=True)
    offer = models.SlugField(max_length=120, blank=True)
    related = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    file = models.CharField(max_length=200, blank=True)
    own_since = models.DateTimeField(null=True)
    seo = models.JSONField(default=list)
    title_folded = FoldedField(of="title", max_length=200, db_index=True)
    folded = FoldedField(of="words", max_length=600)

    objects = PublishedManager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-published_at"], name="attract_content_newest"),
            models.Index(fields=["kind", "-updated_at", "-id"], name="attract_content_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/blog/{self.slug}"

    @property
    def words(self) -> str:
        """What a search looks in."""
        return f"{self.title} {self.slug} {self.author} {self.category} {self.keyword}"

    @property
    def minutes(self) -> int:
        """Reading time at 200 words a minute."""
        return max(1, round(len(self.body.split()) / 200))

    @property
    def state(self) -> str:
        """draft, scheduled or published."""
        if self.published_at is None:
            return "draft"
        return "published" if self.published_at <= now() else "scheduled"

    @property
    def picture(self) -> str:
        """The cover, or the word that one is drawn for."""
        return self.cover or self.slug or "new"

    @property
    def from_file(self) -> bool:
        """Does the file still own it?"""
        return bool(self.file) and self.own_since is None


class Revision(models.Model):
    """A text as it was after one save. said: its fields, by name."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    said: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content", "version"], name="attract_revision_once")]


class Moved(models.Model):
    """An address that a text had; whoever comes there is led to the present one."""

    slug = models.SlugField(max_length=120, unique=True)
    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="moved")
    at = models.DateTimeField()
