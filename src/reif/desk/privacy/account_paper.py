"""The account of somebody's data as a document that its owner can read without knowing the software."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reif.crm.models import Person
from reif.desk.codes import columns
from reif.desk.privacy.account import account_of
from reif.desk.privacy.evidence import parts_of
from reif.desk.privacy.paper import Part, moment, set_document

SHOWN = 400  # events in print; the JSON has them all


def account_paper(person: Person) -> bytes:
    """The PDF in the active language."""
    told = account_of(person)
    subtitle = f"{person.name} · {person.email or ''}\n{told['controller']['company']}, {told['controller']['address']}"
    parts = [
        Part(words=told["rights"]),
        Part(_("Data"), 1, pairs=_data(told["data"])),
        Part(_("Why we may process them"), 1, table=_bases(told["legal_bases"])),
        *_score(told["profiling"]),
        Part(_("Where you came from"), 1, table=_sources(told["sources"])),
        Part(_("Forms"), 1, table=_forms(told["forms"])),
        Part(_("Mails"), 1, table=_mails(told["mails"])),
        Part(_("Notes and appointments"), 1, table=_activities(told["activities"])),
        Part(_("Consents"), 1, words=_("Each with its text and times.")),
        *(part for consent in person.consents.order_by("-requested_at", "-id") for part in parts_of(consent)),
        Part(_("What happened"), 1, table=_events(told["events"])),
    ]
    return set_document(_("Your data"), subtitle, [p for p in parts if not _empty(p)])


def _empty(part: Part) -> bool:
    return not (part.words or part.pairs or part.quote or part.plain or len(part.table) > 1)


def _data(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(columns([name]), _flat(value)) for name, value in data.items() if value not in (None, "", {}, [])]


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_flat(part)}" for key, part in value.items() if part not in (None, ""))
    return str(value)


def _score(profiling: Mapping[str, Any]) -> list[Part]:
    rows = [[_("Reason"), _("Kind"), _("Times"), _("Points")]]
    rows += [[r["rule"], r["kind"], str(r["times"]), f"{r['points']:+d}"] for r in profiling["reasons"]]
    return [Part(_("Your points"), 1, words=f"{profiling['in_words']}\n{profiling['purpose']}", table=rows)]


def _bases(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    head = [_("Legal basis"), _("Article"), _("From"), _("Until"), _("Came from")]
    return [head, *([r["words"], r["article"], _at(r["from"]), _at(r["to"]), r["came_from"]] for r in rows)]


def _sources(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [
        [_("When"), _("Source"), _("Page")],
        *([_at(r["at"]), f"{r['words']} {r['detail']}".strip(), r["page"]] for r in rows),
    ]


def _forms(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[_("When"), _("Form"), _("Entered")], *([_at(r["at"]), r["form"], _flat(r["entered"])] for r in rows)]


def _mails(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    head = [_("Sent"), _("Subject"), _("Opened"), _("Clicked")]
    return [
        head,
        *([_at(r["sent_at"]), r["subject"] or r["mail"], _at(r["opened_at"]), _at(r["clicked_at"])] for r in rows),
    ]


def _activities(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [
        [_("When"), _("Kind"), _("Note")],
        *([_at(r["at"]), r["kind"], f"{r['subject']}\n{r['words']}".strip()] for r in rows),
    ]


def _events(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[_("When"), _("What")], *([_at(r["at"]), f"{r['words']} {r['more']}".strip()] for r in rows[:SHOWN])]


def _at(text: str | None) -> str:
    return moment(datetime.fromisoformat(text)) if text else "–"
