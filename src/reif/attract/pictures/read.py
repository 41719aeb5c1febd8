"""Look into a file that somebody calls a picture, and say clearly when it cannot be one of ours."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from reif.attract.pictures.address import MOST

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
BYTES = 15 * 1024 * 1024
PIXELS = 50_000_000
SIDE = 20_000
SLIMMEST = 16
"""A side shorter than this is a tracking pixel or a mistake."""


class BadPicture(ValueError):
    """A file that cannot be taken; the sentence says why and what to do."""


def read(file: BinaryIO, bytes_told: int) -> Image.Image:
    """The picture, upright, in sRGB, no wider than we keep, and without anything that was written beside it."""
    if not bytes_told:
        raise BadPicture(_("The file is empty. Choose it again."))
    if bytes_told > BYTES:
        words = {"size": f"{bytes_told / 1_048_576:.0f}", "most": BYTES // 1_048_576}
        raise BadPicture(_("The file has %(size)s MB; at most %(most)s are possible. Save it smaller.") % words)
    raw = file.read(BYTES + 1)
    if sentence := _foreign(raw[:512]):
        raise BadPicture(sentence)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _decode(raw)


def _foreign(head: bytes) -> str:
    """Kinds that people bring and that need a sentence of their own."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"<svg" in start or start.startswith((b"<?xml", b"<!doctype svg")):
        return _("An SVG can carry scripts and is not taken. Export it as PNG or WebP.")
    if head[4:8] == b"ftyp":
        return _("Pictures in HEIC or AVIF cannot be shown everywhere. Export it as JPEG, PNG or WebP.")
    if head.startswith(b"%PDF"):
        return _("This is a PDF. Whitepapers belong to the files; export a page as PNG for a picture.")
    return ""


def _decode(raw: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(raw), formats=FORMATS)
        _measure(image)
        image.draft(None, (MOST, MOST))
        image.load()
        return _tidy(image)
    except BadPicture:
        raise
    except Image.DecompressionBombError as error:
        raise BadPicture(_too_many()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError) as error:
        raise BadPicture(_("This is no picture that can be read. Save it anew as JPEG, PNG, WebP or GIF.")) from error


def _measure(image: Image.Image) -> None:
    """Only the head of the file was read so far: what would fill the memory is refused before it does."""
    width, height = image.size
    if width * height > PIXELS or max(width, height) > SIDE:
        raise BadPicture(_too_many())
    if min(width, height) < SLIMMEST:
        raise BadPicture(_("The picture is too small to be seen. Choose one with at least 16 pixels on each side."))
    if getattr(image, "is_animated", False):
        raise BadPicture(_("The picture moves, and would stand still here. Save one frame of it, or use a video."))


def _too_many() -> str:
    return _("The picture has more than %(most)s million pixels. Save it smaller.") % {"most": PIXELS // 1_000_000}


def _tidy(image: Image.Image) -> Image.Image:
    """Upright, in sRGB; a new picture of the pixels alone, so that no EXIF, place or comment survives."""
    upright = _in_srgb(ImageOps.exif_transpose(image))
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through else "RGB")
    width, height = plain.size
    if width > MOST:
        plain = plain.resize((MOST, max(1, round(height * MOST / width))), Image.Resampling.LANCZOS)
    made = Image.new(plain.mode, plain.size)
    made.paste(plain)
    return made


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile: the colours as they are
    return converted or image
