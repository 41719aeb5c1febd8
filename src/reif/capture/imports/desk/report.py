"""What an import came to, as numbers and bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.capture.imports.desk.bases import basis_words
from reif.capture.imports.kinds import KINDS
from reif.capture.imports.options import answer_of
from reif.capture.imports.words import file_words, row_words
from reif.capture.models import Import, ImportProblem
from reif.kit.clock import now

_MOST = 8
_COLUMNS = {"company_name": "name", "company_size": "size"}
"""Of a file of companies, targets whose column has another name."""


@dataclass(frozen=True)
class Bar:
    """A line of a picture. more: a smaller second line."""

    label: str
    value: int
    of: int
    more: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.value / self.of) if self.of else 0


def report(one: Import) -> dict[str, Any]:
    """Everything the page of a finished import shows."""
    taken = one.created + one.changed + one.same
    answer = answer_of(one.basis)
    return {
        "taken": taken,
        "rows": [Bar("created", one.created, one.rows), Bar("changed", one.changed, one.rows),
                 Bar("same", one.same, one.rows), Bar("skipped", one.skipped, one.rows)],
        "reasons": _reasons(one),
        "countries": _countries(one, taken),
        "filled": _filled(one, taken),
        "samples": _samples(one),
        "trouble": file_words(one.trouble["key"], one.trouble.get("values", {})) if one.trouble else None,
        "basis": basis_words(answer.basis),
        "answer": answer,
        "undoable": one.undo_until is not None and one.undo_until > now(),
        "seconds": (one.finished_at - one.started_at).total_seconds() if one.finished_at and one.started_at else None,
    }  # fmt: skip


def _reasons(one: Import) -> list[Bar]:
    found = sorted(one.figures.get("reasons", {}).items(), key=lambda item: -item[1])
    total = max((count for _key, count in found), default=1)
    bars = []
    for key, count in found:
        words = row_words(key, "…")
        bars.append(Bar(words.sentence, count, total, words.remedy))
    return bars


def _countries(one: Import, taken: int) -> list[Bar]:
    names = Locale((get_language() or "de")[:2]).territories
    found = sorted(one.figures.get("countries", {}).items(), key=lambda item: -item[1])
    return [Bar(names.get(code, code) if code else _("not stated"), count, taken) for code, count in found[:_MOST]]


def _filled(one: Import, taken: int) -> list[Bar]:
    """How complete they are: the share of rows in which a column stood."""
    found = one.figures.get("filled", {})
    column = _COLUMNS if one.kind == "companies" else {}
    wanted = [c for t in one.mapping if (c := column.get(t, t)) in found] or list(found)
    unique = list(dict.fromkeys(wanted))
    labels = {column.get(t, t): target.label for t, target in KINDS[one.kind].targets.items()}
    return [Bar(str(labels[t]), found[t], taken) for t in unique if t in labels][:12]


def _samples(one: Import) -> list[dict[str, Any]]:
    rows = ImportProblem.objects.filter(of=one).order_by("row", "id")[:12]
    return [{"row": p.row, "heading": p.heading, "value": p.value, "skipped": p.skipped, "words": row_words(p.key, p.value)}
            for p in rows]  # fmt: skip
