"""The rows that were skipped or lost a value, as a CSV that can be corrected and imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import groupby

from django.utils.translation import gettext as _

from reif.capture.imports.harmless import harmless
from reif.capture.imports.words import row_words, skipped_heading
from reif.capture.models import Import, ImportProblem


def skip_file(one: Import) -> Iterator[str]:
    """Line by line, with a BOM and semicolons, as spreadsheets in German expect and all others understand."""
    yield "\ufeff" + _line([*one.headings, *skipped_heading()])
    problems = ImportProblem.objects.filter(of=one).order_by("row", "id").iterator(chunk_size=2000)
    for number, group in groupby(problems, key=lambda p: p.row):
        rows = list(group)
        cells = (list(rows[0].cells) + [""] * len(one.headings))[: max(len(one.headings), len(rows[0].cells))]
        yield _line([*map(harmless, cells), str(number), _what(rows), _reasons(rows), _remedies(rows)])


def _what(rows: list[ImportProblem]) -> str:
    return _("skipped") if rows[0].skipped else _("taken without this value")


def _reasons(rows: list[ImportProblem]) -> str:
    told = [(p.heading, row_words(p.key, p.value).sentence) for p in rows]
    return " ".join(f"{heading}: {words}" if heading else words for heading, words in told)


def _remedies(rows: list[ImportProblem]) -> str:
    return " ".join(dict.fromkeys(row_words(p.key, p.value).remedy for p in rows))


def _line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";").writerow(cells)
    return out.getvalue()
