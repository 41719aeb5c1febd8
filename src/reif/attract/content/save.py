"""Save a text that somebody wrote, keep how it was, and lose nobody's words.

Says nothing: only publishing is news.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from reif.attract.content.text import FIELDS, as_checked, said
from reif.attract.models import Content, Moved, Revision
from reif.attract.seo_check import check
from reif.attract.seo_check.house import House
from reif.kit.clock import now
from reif.log.append import writing


class EditedMeanwhile(RuntimeError):
    """Somebody else saved since; `theirs` is what stands there now."""

    def __init__(self, theirs: Content) -> None:
        super().__init__(theirs.title)
        self.theirs = theirs


class SlugTaken(ValueError):
    """Another text has this address."""


def save(content: Content, fields: Mapping[str, Any], version: int, by: int | None) -> Content:
    """Write `fields` into a text that was at `version` when its editor opened it. Raises EditedMeanwhile, SlugTaken.

    A text of a file becomes the house's own by that. An address that was public leads on to the new one.
    """
    with writing():
        before: Content = Content.objects.select_for_update().get(pk=content.pk)
        if before.version != version:
            raise EditedMeanwhile(before)
        if Content.objects.filter(slug=fields["slug"]).exclude(pk=before.pk).exists():
            raise SlugTaken(fields["slug"])
        if before.file and before.own_since is None and before.version == 1:
            keep(before)  # what the file said can be restored
        if all(getattr(before, name) == fields[name] for name in FIELDS):
            return before
        was = before.slug
        _write(before, fields, by)
        if before.slug != was:
            _lead_on(before, was)
    return before


def start(fields: Mapping[str, Any], by: int | None) -> Content:
    """A new draft. Raises SlugTaken."""
    with writing():
        if Content.objects.filter(slug=fields["slug"]).exists():
            raise SlugTaken(fields["slug"])
        content = Content(kind=Content.Kind.ARTICLE, version=0)
        _write(content, fields, by)
        Moved.objects.filter(slug=content.slug).delete()
    return content


def keep(content: Content) -> None:
    """A revision of how it is now."""
    Revision.objects.get_or_create(
        content=content, version=content.version,
        defaults={"at": content.updated_at, "by_id": content.edited_by_id, "said": said(content)},
    )  # fmt: skip


def restore(content: Content, revision: Revision, by: int | None) -> Content:
    """The words of a revision, as a new version; the address stays, since readers have it. Raises EditedMeanwhile."""
    return save(content, {**said(content), **revision.said, "slug": content.slug}, content.version, by)


def give_back(content: Content) -> None:
    """The file may change it again, with the next loading of the playbook."""
    Content.objects.filter(pk=content.pk).exclude(file="").update(own_since=None, version=F("version") + 1)


def _write(content: Content, fields: Mapping[str, Any], by: int | None) -> None:
    for name in FIELDS:
        setattr(content, name, fields[name])
    content.version += 1
    content.updated_at, content.edited_by_id = now(), by
    if content.file:
        content.own_since = content.own_since or now()
    content.seo = findings(content)
    content.save()
    keep(content)


def _lead_on(content: Content, was: str) -> None:
    """From the old address to the text, when anybody can know the old one; the new one leads nowhere else."""
    Moved.objects.filter(slug=content.slug).delete()
    if content.announced_at:
        Moved.objects.update_or_create(slug=was, defaults={"content": content, "at": now()})


def findings(content: Content, house: House | None = None) -> list[list[str]]:
    """What the check says, as it is kept on the row."""
    return [[one.code, one.level] for one in check(as_checked(content), house)]
