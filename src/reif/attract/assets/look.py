"""Look into a file that is to be given away: is it what it says, and harmless?"""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

BYTES = 50 * 1024 * 1024
PIXELS = 100_000_000
UNPACKED = 500 * 1024 * 1024
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class BadFile(ValueError):
    """A file that cannot be given away; the sentence says why and what to do."""


@dataclass(frozen=True)
class Kind:
    """ending: of the stored name; pages: None when unknown."""

    mime: str
    ending: str
    pages: int | None = None


def look(raw: bytes) -> Kind:
    """What a file is, by what is in it and never by its name. Raises BadFile."""
    if not raw:
        raise BadFile(_("The file is empty. Choose it again."))
    if len(raw) > BYTES:
        raise BadFile(
            _("The file has more than %(n)s MB. Save it smaller; nobody waits that long on a phone.")
            % {"n": BYTES // 1_048_576}
        )
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(raw)
    if raw.startswith(b"PK\x03\x04"):
        return _epub(raw)
    return _picture(raw)


def _pdf(raw: bytes) -> Kind:
    if b"%%EOF" not in raw[-4096:]:
        raise BadFile(_("The PDF is cut off. Export it again and upload the whole file."))
    if any(word in raw for word in _ACTIVE):
        raise BadFile(_("The PDF carries scripts or files inside, which mail programs block. Export it without them."))
    return Kind("application/pdf", "pdf", len(_PAGE.findall(raw)) or None)


def _epub(raw: bytes) -> Kind:
    """A ZIP whose first entry says that it is an EPUB (OCF 3.3, 4.3), and that does not unpack to something huge."""
    refused = BadFile(_("This is a ZIP or Office file. Export it as PDF or EPUB."))
    try:
        with zipfile.ZipFile(BytesIO(raw)) as pack:
            names = pack.infolist()
            if not names or names[0].filename != "mimetype" or pack.read("mimetype").strip() != b"application/epub+zip":
                raise refused
            if sum(one.file_size for one in names) > UNPACKED:
                raise BadFile(
                    _("The EPUB unpacks to more than %(n)s MB. Make its pictures smaller.")
                    % {"n": UNPACKED // 1_048_576}
                )
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise refused from error
    return Kind("application/epub+zip", "epub")


def _picture(raw: bytes) -> Kind:
    refused = BadFile(_("Only PDF, EPUB, PNG, JPEG and WebP can be given away. Export it as one of these."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(raw), formats=list(PICTURES))
            if image.width * image.height > PIXELS:
                raise BadFile(
                    _("The picture has more than %(most)s million pixels. Save it smaller.")
                    % {"most": PIXELS // 1_000_000}
                )
            form = image.format or ""
            image.verify()
    except BadFile:
        raise
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise refused from error
    return Kind(PICTURES[form], {"JPEG": "jpg"}.get(form, form.lower()))
