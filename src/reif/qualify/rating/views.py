"""The page of data quality, and the data of one person beside the timeline."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.crm.models import Person
from reif.playbook.current import current
from reif.qualify.personas.everybody import progress
from reif.qualify.rating.board import AGES, BAND, BANDS, Board, board
from reif.qualify.rating.names import HELP, field_words, flaw_words
from reif.qualify.rating.rate import missing, rows_of
from reif.qualify.rating.ways import Data
from reif.rules.fields import FIELDS
from reif.rules.predicates import AnyOf, Is
from reif.rules.within import Within
from reif.staff.views import EVERYONE, Desk, StaffRequest


class DataView(Desk):  # /data?as=table&segment=large
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        language, within = get_language() or "de", Within.of(request.GET)
        found = board(current("data"), within)
        context = within.drawn(request) | {
            "board": found, "lacking": _lacking(found, language), "flaws": _flaws(found, language), "chart": _chart(found),
            "ages": _ages(found), "sources": [(s, urlencode(s.pairs)) for s in found.sources], "progress": progress(),
            "as_table": request.GET.get("as") == "table", "poor": urlencode(within.pairs(_poor())), "data": current("data"),
        }  # fmt: skip
        return render(request, "qualify/rating/board.html", context)


def _poor() -> AnyOf:
    return AnyOf((Is("completeness", "<", 50), Is("quality", "<", 50)))


def _lacking(found: Board, language: str) -> list[dict[str, Any]]:
    return [
        {"words": FIELDS[line.key].words(language), "n": found.people - line.n, "lacking": line.n,
         "share": (found.people - line.n) / found.people if found.people else 0, "address": urlencode(line.pairs)}
        for line in found.lacking
    ]  # fmt: skip


def _flaws(found: Board, language: str) -> list[dict[str, Any]]:
    words = flaw_words(language)
    return [
        {"words": words[f.key], "n": f.n, "share": f.n / found.people, "address": urlencode(f.pairs), "help": HELP[f.key]}
        for f in found.flaws
    ]  # fmt: skip


def _chart(found: Board) -> dict[str, Any]:
    bands = [f"{BAND * n}–{BAND * (n + 1)} %" for n in range(BANDS)]
    named = zip((_("Completeness"), _("Quality")), found.bands, strict=True)
    return {"x": bands, "series": [{"name": name, "values": values} for name, values in named]}


def _ages(found: Board) -> list[tuple[str, int, str]]:
    names = [_("less than %(months)s months") % {"months": months} for _days, months in AGES]
    return [(words, n, "accent") for words, n in zip(names, found.ages, strict=False)] + [
        (_("older"), found.ages[-1], "warn")
    ]


def data_panel(request: StaffRequest, person: Person) -> str:
    """Beside the timeline: how complete and good the data are, what is missing, what is wrong, how old all is."""
    if person.completeness is None:
        return ""
    language, data = get_language() or "de", current("data")
    row = next(iter(rows_of([person.pk], data)), None)
    words = flaw_words(language)
    wrong = [(words[f], data.cost(f), HELP[f]) for f in words if f in person.flaws.split()]
    lacking = missing(row, data) if row else []
    context = {
        "person": person, "flaws": wrong, "missing": _with_weight(lacking, data, language), "stale": "stale" in person.flaws
    }  # fmt: skip
    return render_to_string("qualify/rating/_panel.html", context, request)


def _with_weight(lacking: list[str], data: Data, language: str) -> list[tuple[str, int]]:
    whole = sum(data.needs.values()) or 1
    shares = [round(100 * data.needs[name] / whole) for name in lacking]
    return list(zip(field_words(lacking, language), shares, strict=True))
