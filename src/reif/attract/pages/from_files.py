"""Pages that lie in files of the playbook folder, and how they live with what is written in the browser.

A page that nobody has edited follows its file. Once somebody has, the file changes nothing that visitors see: a changed
file becomes a version of the page, to be compared and restored, and the list of versions says where it is from.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from reif.attract.content.front_matter import BadFile, when
from reif.attract.models import Asset, LandingPage, PageRevision, Webinar
from reif.attract.pages.blocks import BadBlock, decode
from reif.attract.pages.draft import head_of, put
from reif.attract.pages.publication import show
from reif.attract.pages.sheet import Sheet, with_ids

WORDS = {"title", "description", "cover", "language", "bare", "hidden", "webinar", "asset", "keyword", "blocks"}
BESIDE = {"at", "published"}


def load_page(file: Path, facts: dict[str, Any], base: datetime) -> tuple[LandingPage, bool]:
    """The page of a file, and whether it is new. Raises BadFile."""
    said = _read(file, facts)
    published = when(facts.get("published", "-365d"), base)
    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()
    page = LandingPage.objects.select_related("webinar", "asset", "draft").filter(slug=file.stem).first()
    if page is None:
        return _make(file.stem, said, facts.get("at"), published, digest), True
    if _untouched(page):
        show(page, said)
        page.at, page.published_at, page.file = facts.get("at"), published, digest
        page.save()
        if page.draft is not None and page.draft.sheet != said.plain():
            page.draft = page.live = put(page, "a", page.draft, said, PageRevision.Kind.FILE, by=None)
            page.save(update_fields=["draft", "live"])
    elif page.file != digest:
        put(page, "a", head_of(page), said, PageRevision.Kind.FILE, by=None)
        LandingPage.objects.filter(pk=page.pk).update(file=digest)
    return page, False


def _make(slug: str, said: Sheet, at: str | None, published: datetime | None, digest: str) -> LandingPage:
    page = LandingPage(slug=slug, at=at, published_at=published, file=digest)
    show(page, said)
    page.save()
    return page


def _untouched(page: LandingPage) -> bool:
    """Nobody has written on it or taken it down: what visitors see is what the file said."""
    if page.running_id or page.closed_at or not page.file:
        return False
    return not page.revisions.exclude(kind=PageRevision.Kind.FILE).exists()


def _read(file: Path, facts: dict[str, Any]) -> Sheet:
    if strange := sorted(set(facts) - WORDS - BESIDE):
        known = ", ".join(sorted(WORDS | BESIDE))
        raise BadFile(f"{file.name}: “{strange[0]}” means nothing here; there are {known}.")
    blocks = facts.get("blocks", [])
    try:
        decode(blocks)
        said = msgspec.convert({k: v for k, v in facts.items() if k in WORDS} | {"blocks": with_ids(blocks)}, Sheet)
    except (BadBlock, msgspec.ValidationError) as error:
        raise BadFile(f"{file.name}: {error}") from error
    _exists(file, Webinar, said.webinar)
    _exists(file, Asset, said.asset)
    return said


def _exists(file: Path, model: type[Webinar] | type[Asset], slug: str) -> None:
    if slug and not model.objects.filter(slug=slug).exists():
        raise BadFile(f"{file.name}: there is no {model._meta.verbose_name} “{slug}”.")
