"""Pages made of typed blocks, and the addresses they once had."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.attract.models.asset import Asset
from reif.attract.models.published import PublishedManager
from reif.attract.models.webinar import Webinar
from reif.attract.pages.blocks import decode
from reif.attract.pages.parts import Block
from reif.crm.folded import FoldedField


class LandingPage(models.Model):
    """A page made of typed blocks. `at` is its own address (`preise` for /preise); without it, it is at /p/<slug>.

    The columns are what visitors get. What is being written is `draft`; `live` is the revision that was published last.
    file: the hash of the file it was loaded from. due, due_at: what will be published, and when. ends_at: when it will be
    taken down. closed_at: when it was; then gone_to is where visitors are sent, and nothing means "gone" (410).
    findings: how much the check for search engines found when it was asked last.
    """

    slug = models.SlugField(max_length=120, unique=True)
    at = models.SlugField(max_length=120, unique=True, null=True, blank=True)
    language = models.CharField(max_length=8, default="de")
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=300, blank=True)
    cover = models.CharField(max_length=120, blank=True)
    blocks = models.JSONField(default=list)
    webinar = models.ForeignKey(Webinar, null=True, blank=True, on_delete=models.SET_NULL, related_name="landings")
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.SET_NULL, related_name="landings")
    bare = models.BooleanField(default=False, help_text=_("Without navigation, so that nothing leads away"))
    hidden = models.BooleanField(default=False, help_text=_("Not for search engines"))
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    file = models.CharField(max_length=64, blank=True)
    draft = models.ForeignKey("PageRevision", null=True, on_delete=models.SET_NULL, related_name="+")
    live = models.ForeignKey("PageRevision", null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.ForeignKey("PageRevision", null=True, on_delete=models.SET_NULL, related_name="+")
    due_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    gone_to = models.CharField(max_length=500, blank=True)
    findings = models.PositiveSmallIntegerField(null=True)
    folded = FoldedField(of="words", max_length=700)
    running = models.ForeignKey("PageTest", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PublishedManager()

    class Meta:
        indexes = [models.Index(fields=["-updated_at", "-id"], name="attract_page_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/{self.at}" if self.at else f"/p/{self.slug}"

    @property
    def words(self) -> str:
        """What a search looks in."""
        return f"{self.title} {self.slug} {self.at or ''} {self.description}"

    @property
    def parts(self) -> list[Block]:
        return decode(self.blocks)

    @property
    def forms(self) -> list[str]:
        """The forms on this page."""
        return [b["form"] for b in self.blocks if b.get("form")]


class OldAddress(models.Model):
    """An address that a page had: who comes there is sent on. `path` is without the leading slash."""

    path = models.CharField(max_length=130, unique=True)
    page = models.ForeignKey(LandingPage, on_delete=models.CASCADE, related_name="old_addresses")
    since = models.DateTimeField()
