"""Take a picture into the library: looked into, stripped, made in a few widths, stored under the hash of its pixels.

The same pixels are one picture, however often and under whatever name they are uploaded.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from PIL import Image, ImageOps

from reif.attract.models import Picture
from reif.attract.pictures.address import widths
from reif.attract.pictures.read import read
from reif.kit.clock import now

QUALITY = 80
SHARE = (1200, 630)


def add(file: BinaryIO, size: int, name: str, by: int | None = None, **alt: str) -> Picture:
    """Store an upload of `size` bytes. alt: `alt_de`, `alt_en`. Raises BadPicture, and then nothing is kept."""
    image = read(file, size)
    key = _key(image)
    known: Picture | None = Picture.objects.filter(key=key).first()
    if known and all((folder(key) / f"{w}.webp").is_file() for w in widths(key)):
        return known
    stored = _write(image, key)
    title = Path(name.replace("\\", "/")).name[:200] or key
    words = {k: v[:300] for k, v in alt.items()}
    made = {"name": title, "bytes": stored, "added_at": now(), "added_by_id": by, **words}
    return Picture.objects.get_or_create(key=key, defaults=made)[0]


def folder(key: str) -> Path:
    """Where the copies of a picture lie."""
    return Path(settings.MEDIA_ROOT) / "pictures" / key[2:4] / key


def _key(image: Image.Image) -> str:
    width, height = image.size
    digest = hashlib.sha256(f"{image.mode} {width} {height} ".encode() + image.tobytes()).hexdigest()
    return f"p-{digest[:24]}-{width}x{height}"


def _write(image: Image.Image, key: str) -> int:
    """All copies; the size of the widest. Each appears whole or not at all, since somebody may be reading."""
    place = folder(key)
    place.mkdir(parents=True, exist_ok=True)
    whole, height = image.size
    for width in widths(key):
        copy = (
            image
            if width == whole
            else image.resize((width, max(1, round(height * width / whole))), Image.Resampling.LANCZOS)
        )
        _save(copy, place / f"{width}.webp", format="WEBP", quality=QUALITY, method=4)
    _save(_for_networks(image), place / "share.jpg", format="JPEG", quality=82, optimize=True, progressive=True)
    return (place / f"{whole}.webp").stat().st_size


def _for_networks(image: Image.Image) -> Image.Image:
    """Cut to the shape that networks show; what was see-through is white."""
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return ImageOps.fit(ground, SHARE, Image.Resampling.LANCZOS)


def _save(image: Image.Image, target: Path, **how: object) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        image.save(draft, **how)  # type: ignore[arg-type]
    os.chmod(draft.name, 0o644)
    os.replace(draft.name, target)
