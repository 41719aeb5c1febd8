"""Keep an uploaded file, and say what is understood of it.

Says nothing yet: a draft has changed nobody.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import msgspec
from django.conf import settings

from reif.capture.imports.kinds import KINDS
from reif.capture.imports.mappings import remembered
from reif.capture.imports.open_file import open_file
from reif.capture.imports.options import Options
from reif.capture.imports.recognise import recognise
from reif.capture.imports.table import BadFile, Table
from reif.capture.models import Import
from reif.kit.clock import now
from reif.staff.models import User

LARGEST = 1024 * 1024 * 1024
_SAMPLE = 200


def receive(
    chunks: Iterable[bytes], file_name: str, by: User | None, name: str = "", country: str = "CH", kind: str = "people"
) -> Import:
    """Store what comes, up to a gigabyte, and read it. Raises BadFile, and keeps nothing then."""
    stored = f"{uuid.uuid4().hex}{Path(file_name).suffix.lower()[:8]}"
    path = folder() / stored
    try:
        _write(path, chunks)
        table = open_file(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    draft = Import(
        kind=kind, name=(name or Path(file_name).stem)[:120], file_name=file_name[:255], stored=stored, by=by
    )
    draft.size, draft.created_at = path.stat().st_size, now()
    understand(draft, table, Options(country=country))
    draft.save()
    return draft


def understand(draft: Import, table: Table, options: Options) -> None:
    """Headings, where they go, and how long it may take; a mapping that was used before is taken again."""
    sample = [row.cells for row in islice(table.rows(), _SAMPLE) if not row.broken]
    guesses = recognise(table.headings, sample, KINDS[draft.kind])
    before = remembered(table.headings, draft.kind)
    draft.headings, draft.expected = table.headings, table.estimate
    draft.about = table.about | {"how": [g.how for g in guesses], "remembered": before is not None}
    draft.mapping = before.mapping if before else [g.target for g in guesses]
    chosen = msgspec.structs.replace(options, sheet=str(table.about.get("sheet", "")))
    draft.options = msgspec.to_builtins(chosen)


def folder() -> Path:
    """Where files wait. They hold personal data: nobody else on the machine may read them."""
    place = Path(settings.MEDIA_ROOT) / "imports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(one: Import) -> Path:
    return folder() / one.stored


def throw_away(one: Import) -> None:
    """The file is not needed any more. The caller stores the row."""
    if one.stored:
        path_of(one).unlink(missing_ok=True)
        one.stored = ""


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    free, size = shutil.disk_usage(path.parent).free, 0
    try:
        with path.open("xb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise BadFile("too_large", megabytes=LARGEST // 1_000_000)
                out.write(chunk)
    except OSError as error:
        raise BadFile("disk_full", megabytes=free // 1_000_000) from error
