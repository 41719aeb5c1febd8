"""Files that visitors hand in: looked at before they are kept, kept where no web server looks, given to staff alone.

A file is what its bytes say, not what its name says; the two must agree. Names are cleaned and kept as text only.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from reif.capture.forms.entry import Entry, Posted, asked_of, plain
from reif.capture.forms.form_file import Field, Form
from reif.capture.forms.wrong import Wrong
from reif.capture.models import Upload
from reif.kit import token
from reif.kit.clock import now

if TYPE_CHECKING:
    File = UploadedFile[bytes]
else:
    File = UploadedFile
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "pdf": {"pdf": ("application/pdf",)},
    "image": {
        "png": ("image/png",), "jpg": ("image/jpeg", "image/jpg"), "jpeg": ("image/jpeg", "image/jpg"),
        "webp": ("image/webp",), "gif": ("image/gif",),
    },
    "office": {"docx": (), "xlsx": (), "pptx": (), "odt": (), "ods": (), "odp": ()},
    "text": {"txt": (), "csv": ()},
}  # fmt: skip
MIME = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
    "gif": "image/gif", "txt": "text/plain", "csv": "text/csv",
}  # fmt: skip
WAIT = timedelta(days=1)
HEAD = 4096


def take(form: Form, fields: Sequence[Field], among: Sequence[Field], entry: Entry, posted: Posted,
         files: MultiValueDict[str, File]) -> None:  # fmt: skip
    """Add the files to an entry: new ones, and those that an earlier try or step has handed in already."""
    raw = plain(posted)
    for field in asked_of(fields, among, raw):
        if field.type != "file":
            continue
        kept = _kept(form, field, raw.get(field.name, ()))
        try:
            new = [_keep(form, field, file) for file in _looked_at(field, files.getlist(field.name), len(kept))]
            rows = [*kept, *new]
            if field.required and not rows:
                raise Wrong(_("Please choose a file."))
            entry.values[field.name] = [row.name for row in rows]
        except Wrong as wrong:
            rows = kept
            entry.errors[field.name] = str(wrong)
        entry.uploads[field.name] = [row.id for row in rows]
        entry.shown[field.name] = [sealed(row) for row in rows]


def sealed(upload: Upload) -> str:
    """What a form carries instead of a file that is here already."""
    return token.sign(settings.SECRET_KEY, "upload", upload.id, upload.name, until=now() + WAIT)


def name_in(text: str) -> str:
    """The name of a file that is here already; empty when it is not."""
    try:
        return str(token.read(settings.SECRET_KEY, "upload", text, now())[1])
    except (token.BadToken, ValueError):
        return ""


def place(upload: Upload) -> Path:
    """Where the file lies, below REIF_HOME/uploads, which no address leads to."""
    return Path(settings.MEDIA_ROOT) / "forms" / upload.key[:2] / upload.key


def throw_away(rows: list[Upload]) -> None:
    """Files and rows."""
    for row in rows:
        place(row).unlink(missing_ok=True)
    Upload.objects.filter(id__in=[row.id for row in rows]).delete()


def sweep() -> int:
    """Throw away what was handed in with forms that nobody finished. Returns how many."""
    rows = list(Upload.objects.filter(submission=None, at__lt=now() - WAIT)[:1000])
    throw_away(rows)
    return len(rows)


def _kept(form: Form, field: Field, told: object) -> list[Upload]:
    numbers = []
    for text in list(told)[: field.files.count] if isinstance(told, list) else []:
        try:
            numbers.append(int(token.read(settings.SECRET_KEY, "upload", str(text), now())[0]))
        except (token.BadToken, ValueError):
            continue
    return list(Upload.objects.filter(id__in=numbers, form=form.slug, field=field.name, submission=None))


def _looked_at(field: Field, files: list[File], before: int) -> list[tuple[File, str, str]]:
    """The files with their clean names and types; all of them are looked at before any is kept."""
    if len(files) + before > field.files.count:
        raise Wrong(_("Please choose at most %(number)s files.") % {"number": field.files.count})
    return [(file, *_type(field, file)) for file in files]


def _type(field: Field, file: File) -> tuple[str, str]:
    name = clean_name(file.name or "")
    if (file.size or 0) > field.files.megabytes * 1024 * 1024:
        raise Wrong(_("“%(name)s” is larger than %(size)s MB.") % {"name": name, "size": field.files.megabytes})
    if not file.size:
        raise Wrong(_("“%(name)s” is empty.") % {"name": name})
    ending = PurePath(name).suffix.lstrip(".").lower()
    if ending not in endings(field):
        sentence = _("“%(name)s” cannot be taken here. Possible are: %(endings)s.")
        raise Wrong(sentence % {"name": name, "endings": ", ".join(endings(field))})
    if not _is(ending, file):
        raise Wrong(
            _("“%(name)s” is not what its name says. Please save it again, and choose it anew.") % {"name": name}
        )
    return name, MIME.get(ending, "application/octet-stream")


def endings(field: Field) -> list[str]:
    """The endings of names that a field takes."""
    return [ending for kind in field.files.kinds for ending in KINDS[kind]]


def _is(ending: str, file: File) -> bool:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if ending in KINDS["text"]:
        return b"\0" not in head
    if ending in KINDS["office"]:
        return _is_office(file)
    wanted = next(found[ending] for found in KINDS.values() if ending in found)
    try:
        return puremagic.from_string(head, mime=True) in wanted
    except (puremagic.PureError, ValueError):
        return False


def _is_office(file: File) -> bool:
    """A zip of the office kind; its table of contents is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as inside:
            names = {entry.filename for entry in inside.infolist()[:2000]}
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        file.seek(0)
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return not macros and bool({"[Content_Types].xml", "mimetype"} & names)


def clean_name(name: str) -> str:
    """Without path, signs of control and direction; at most 100 characters, the ending kept."""
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    text = "".join(c for c in bare if unicodedata.category(c)[0] not in "CZ" or c == " ")
    text = re.sub(r'[<>:"|?*;]+', "_", text).strip(" .")
    stem, dot, ending = text.rpartition(".")
    return f"{stem[:100]}.{ending[:10]}" if dot and stem else text[:100] or "file"


def _keep(form: Form, field: Field, looked: tuple[File, str, str]) -> Upload:
    file, name, mime = looked
    row = Upload(form=form.slug, field=field.name, key=secrets.token_hex(24), name=name, mime=mime,
                 size=file.size or 0, at=now())  # fmt: skip
    path = place(row)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as out:
        for piece in file.chunks():
            out.write(piece)
    row.save()
    return row
