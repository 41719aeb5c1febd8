"""Publish what stands in files: the site, articles, landing pages, webinars, whitepapers.

Says content.published for every address that can be read for the first time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models

from reif.attract import house
from reif.attract.content.front_matter import BadFile, split, when
from reif.attract.content.release import announce_or_wait
from reif.attract.content.save import findings
from reif.attract.content.whitepaper import typeset
from reif.attract.models import Asset, Content, LandingPage, Site, Webinar
from reif.attract.pages.from_files import load_page
from reif.attract.seo_check.house import House
from reif.attract.webinars.remind import set_timers
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import ContentPublished

INSIDE = {
    "id", "slug", "updated_at", "published_at", "announced_at", "file", "own_since", "edited_by", "version", "seo",
    "title_folded", "folded", "related", "called_off_at",
}  # fmt: skip
"""Columns that no file writes."""


def publish(folder: Path, moment: datetime | None = None) -> list[str]:
    """Bring the database to what the files of a playbook folder say; returns the addresses that are new.

    Relative times (`-40d`, `+9d 10:00`) count from `moment`. Raises BadFile, and then nothing is changed.
    """
    base = moment or now()
    with writing():
        site = publish_site(folder)
        publish_assets(folder, site)
        publish_webinars(folder, base)
        texts, pages = publish_content(folder, base), publish_pages(folder, base)
        append(*(_published(one) for one in pages))
    return [*(one.path for one in texts), *(one.path for one in pages)]


def _published(one: LandingPage) -> ContentPublished:
    """What is out already was published then; the rest counts from now."""
    return ContentPublished(topic=one.path, at=min(one.published_at or now(), now()))


def publish_site(folder: Path) -> Site:
    facts = _toml(folder / "house/company.toml")
    wanted: dict[str, Any] = {
        name: facts[name] for name in ("name", "claim", "language", "home", "imprint") if name in facts
    }
    links = {key: [[x["label"], x["href"]] for x in facts.get(key, [])] for key in ("navigation", "footer")}
    site = Site.objects.update_or_create(pk=1, defaults={**wanted, **links})[0]
    house.forget()
    return site


def publish_assets(folder: Path, site: Site) -> None:
    """Whitepapers set as PDF. One whose file was replaced in the browser is left aside."""
    own = set(Asset.objects.exclude(own_since=None).values_list("slug", flat=True))
    for file in sorted((folder / "whitepapers").glob("*.md")):
        if file.stem in own:
            continue
        front, body = split(file)
        made = typeset(file.stem, front["title"], front.get("subtitle", ""), body, site.name, site.imprint)
        fields = {"title": front["title"], "teaser": front.get("teaser", ""), "updated_at": now()}
        fields |= {"file": made.file, "pages": made.pages, "size": made.size, "source": f"whitepapers/{file.name}"}
        Asset.objects.update_or_create(slug=file.stem, defaults=fields)


def publish_webinars(folder: Path, base: datetime) -> None:
    """Webinars that were edited in the browser are left aside, as texts are."""
    own = set(Webinar.objects.exclude(own_since=None).values_list("file", flat=True))
    found = []
    for file in sorted((folder / "webinars").glob("*.toml")):
        named = f"webinars/{file.name}"
        if named in own:
            continue
        facts = _toml(file)
        facts["starts_at"] = when(facts.pop("starts"), base, facts.get("timezone", "Europe/Zurich"))
        found.append(_store(Webinar, file, {**facts, "file": named})[0])
    set_timers(found)


def publish_content(folder: Path, base: datetime) -> list[Content]:
    """What is new. A text that was edited in the browser is the house's own: its file is left aside."""
    found, house = [], House()
    for file in sorted((folder / "content").glob("*.md")):
        named = f"content/{file.name}"
        if _owned(named, file.stem):
            continue
        front, body = split(file)
        front["published_at"] = when(front.pop("published"), base)
        found.append(_store(Content, file, {**front, "body": body, "updated_at": front["published_at"], "file": named}))
    for row, _new in found:
        row.seo = findings(row, house)
    Content.objects.bulk_update([row for row, _new in found], ["seo"], batch_size=200)
    announce_or_wait([row for row, _new in found])
    return [row for row, new in found if new]


def _owned(named: str, slug: str) -> bool:
    """Was it edited in the browser, or was a text of this address written there?"""
    own = Content.objects.filter(file=named).exclude(own_since=None) | Content.objects.filter(slug=slug).exclude(
        file=named
    )
    return own.exists()


def publish_pages(folder: Path, base: datetime) -> list[LandingPage]:
    loaded = [load_page(file, _toml(file), base) for file in sorted((folder / "pages").glob("*.toml"))]
    return [page for page, new in loaded if new]


def _store(model: type[models.Model], file: Path, facts: dict[str, Any]) -> tuple[Any, bool]:
    known = {field.name for field in model._meta.concrete_fields}
    if strange := sorted(set(facts) - known):
        raise BadFile(f"{file.name}: “{strange[0]}” means nothing here; there are {', '.join(_words(known))}.")
    return model._default_manager.update_or_create(slug=file.stem, defaults=facts)


def _words(names: Iterable[str]) -> list[str]:
    return sorted(set(names) - INSIDE)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadFile(f"{file.name}: {error}") from error
