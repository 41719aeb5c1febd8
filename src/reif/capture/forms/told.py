"""What an entry tells about a person, by the columns of a draft."""

from __future__ import annotations

from typing import Any

from reif.capture.forms.entry import Entry
from reif.capture.forms.form_file import Form
from reif.capture.forms.kinds import Value


def told(form: Form, entry: Entry) -> dict[str, Any]:
    """Columns and traits; tags are traits that are true."""
    found: dict[str, Any] = {"traits": {f"tag_{tag}": True for tag in form.does.tags}}
    for one in form.questions:
        value = entry.values.get(one.name, "")
        if value not in ("", []) and one.to:
            _tell(found, one.to, value)
    return found


def _tell(found: dict[str, Any], target: str, value: Value) -> None:
    """A trait keeps numbers as numbers; several choices are one text, as other systems send them."""
    _kind, _, column = target.partition(".")
    text = ";".join(value) if isinstance(value, list) else str(value)
    if target == "person.name":
        found["first_name"], _, found["last_name"] = text.partition(" ")
    elif target == "company.size":
        digits = "".join(c if c.isdigit() else " " for c in text.replace("'", "").replace("’", "")).split()
        found["company_size"] = min(int(digits[0][:9]), 10_000_000) if digits else None
    elif target == "person.country":
        found["country"] = text.upper() if len(text) == 2 else ""
    elif column.startswith("traits."):
        found["traits"][column.removeprefix("traits.")] = value if isinstance(value, int | float) else text
    else:
        found["company_name" if target == "company.name" else column] = text
