"""From the texts of the editor to the form as its file would say it; what has no input there stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reif.capture.forms.desk.sheet import FORM_PAIRS, PAIRS, Card, Sheet
from reif.capture.forms.field_file import CHOICES, Field
from reif.capture.forms.form_file import Form, Permission

NUMBERS = ("least", "most", "step")
TICKS = ("required", "business")


def plain_form(sheet: Sheet, before: Form | None) -> dict[str, Any]:
    """Plain values, for `misfits` and `build`; before: the form that was edited."""
    kept = msgspec.to_builtins(before) if before else {}
    own: dict[str, Any] = {name: sheet.v.get(name, "").strip() for name in ("slug", "gives", "redirect", "guid")}
    own |= {"proof": sheet.v.get("proof") or "busy", "seconds": _whole(sheet.v.get("seconds", ""), 1)}
    own |= {name: _ticked(sheet.v, name) for name in ("kiosk", "closed", "at_once")}
    own |= {"index": not _ticked(sheet.v, "hidden"), "domains": _several(sheet.v.get("domains", ""))}
    own |= {name: _pair(sheet.v, name) for name in FORM_PAIRS}
    does: dict[str, Any] = {name: sheet.v.get(name, "").strip() for name in ("webinar", "stage", "segment", "journey")}
    does |= {name: _several(sheet.v.get(name, "")) for name in ("tags", "notify")}
    fields = {f.name: f for f in (*before.fields, *before.later)} if before else {}
    return kept | own | {
        "does": kept.get("does", {}) | does,
        "fields": [_field(card, fields) for card in sheet.cards if not _ticked(card.v, "later")],
        "later": [_field(card, fields) for card in sheet.cards if _ticked(card.v, "later")],
        "consents": [_consent(card, before) for card in sheet.consents],
    }  # fmt: skip


def _field(card: Card, before: dict[str, Field]) -> dict[str, Any]:
    v = card.v
    kept = msgspec.to_builtins(before[v["name"]]) if v.get("name") in before else {}
    told: dict[str, Any] = {name: v.get(name, "").strip() for name in ("name", "to", "value", "parameter", "pattern")}
    told |= {
        "type": card.type,
        "max": _whole(v.get("max", ""), 200),
        "country": v.get("country", "").strip().upper() or "CH",
    }
    told |= {name: _ticked(v, name) for name in TICKS} | {name: _number(v.get(name, "")) for name in NUMBERS}
    told |= {"width": "half" if _ticked(v, "half") else "full", "known": "skip" if _ticked(v, "skip") else "ask"}
    told |= {"block": _several(v.get("block", "")), "options": list(_options(v.get("options", "")))}
    told |= {name: _pair(v, name) for name in PAIRS}
    if card.type not in CHOICES:
        told["options"] = []
    if card.type == "file":
        kinds = _several(v.get("kinds", "")) or ["pdf"]
        told["files"] = {
            "kinds": kinds,
            "megabytes": _whole(v.get("megabytes", ""), 5),
            "count": _whole(v.get("count", ""), 1),
        }
    show = v.get("show_field", "").strip()
    told["show"] = (
        {"field": show, "values": _several(v.get("show_values", "")), "unless": _ticked(v, "show_unless")}
        if show
        else None
    )
    return {name: value for name, value in (kept | told).items() if value is not None}


def _consent(card: Card, before: Form | None) -> dict[str, Any]:
    """Matched by purpose, so that what has no input here stays."""
    same = [c for c in before.consents if c.purpose == card.v.get("purpose")] if before else []
    kept: dict[str, Any] = msgspec.to_builtins(same[0]) if same else {}
    told = {name: card.v.get(name, "").strip() for name in ("purpose", "version")}
    return (
        kept
        | told
        | {"text": _pair(card.v, "text"), "double": _ticked(card.v, "double"), "required": _ticked(card.v, "required")}
    )


def same_words(before: Form | None, after: Form) -> list[Permission]:
    """Consents whose words changed under the same version: nobody could say any more which ones were seen."""
    old = {(c.purpose, c.version): c.text for c in before.consents} if before else {}
    return [c for c in after.consents if old.get((c.purpose, c.version), c.text) != c.text]


def _options(text: str) -> Iterator[dict[str, Any]]:
    """`value | German | English` on each line; one word alone is all three."""
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if parts[0]:
            german = parts[1] if len(parts) > 1 else parts[0]
            yield {"value": parts[0], "label": {"de": german, "en": parts[2] if len(parts) > 2 else german}}


def _pair(v: dict[str, str], name: str) -> dict[str, str]:
    return {lang: v.get(f"{name}_{lang}", "").replace("\r\n", "\n").strip() for lang in ("de", "en")}


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]


def _ticked(v: dict[str, str], name: str) -> bool:
    return bool(v.get(name))


def _whole(text: str, usual: int) -> int:
    return int(text) if text.strip().isdecimal() else usual


def _number(text: str) -> float | str | None:
    try:
        return float(text.replace(",", ".")) if text.strip() else None
    except ValueError:
        return text.strip()
