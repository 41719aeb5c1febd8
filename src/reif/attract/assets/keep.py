"""Keep a file that was uploaded, in the place of the one before.

Says nothing: what counts is who fetches it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from reif.attract.assets.look import Kind, look
from reif.attract.models import Asset
from reif.kit.clock import now

FIELDS = ("kind", "title", "teaser", "cover")


class SlugTaken(ValueError):
    """Another file has this address."""


def start(slug: str, fields: Mapping[str, Any], raw: bytes) -> Asset:
    """A new one. Raises BadFile, SlugTaken."""
    if Asset.objects.filter(slug=slug).exists():
        raise SlugTaken(slug)
    return _write(Asset(slug=slug), fields, raw)


def save(asset: Asset, fields: Mapping[str, Any], raw: bytes | None) -> Asset:
    """Its words, and with `raw` another file under the same address: links in mails that are out go on working."""
    return _write(asset, fields, raw)


def _write(asset: Asset, fields: Mapping[str, Any], raw: bytes | None) -> Asset:
    old = asset.file
    if raw is not None:
        kind = look(raw)
        asset.file = _store(asset.slug, raw, kind)
        asset.mime, asset.pages, asset.size = kind.mime, kind.pages, len(raw)
    for name in FIELDS:
        setattr(asset, name, fields[name])
    asset.updated_at = asset.own_since = now()
    asset.save()
    if old and old != asset.file:
        transaction.on_commit(lambda: (Path(settings.MEDIA_ROOT) / old).unlink(missing_ok=True))
    return asset


def _store(slug: str, raw: bytes, kind: Kind) -> str:
    """Whole or not at all, since somebody may be fetching it."""
    name = f"assets/{slug}-{hashlib.sha256(raw).hexdigest()[:12]}.{kind.ending}"
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        draft.write(raw)
    os.chmod(draft.name, 0o644)
    os.replace(draft.name, target)
    return name
