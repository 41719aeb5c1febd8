"""An ordinary Django form for any block, made from the fields of its struct; and back to what is stored.

A value that cannot be (an address with a script, a moment that is none) keeps what was there and says so beside the
field; everything else is saved. What is merely missing is a draft's right: it is said, and kept from being published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from reif.attract.pages import fields
from reif.attract.pages.blocks import BY_NAME, KINDS
from reif.attract.pages.hints import at, default, must, reading
from reif.attract.pages.labels import entry_label, field_label, help_text

Plain = dict[str, Any]
FIRST = ("title", "text")
"""What people write first, wherever it stands in the struct."""


@dataclass
class Spot:
    """One thing in the form: a field, a link of two fields, or a list of rows with an empty one to copy."""

    name: str
    label: str
    sort: Literal["field", "link", "list"]
    fields: list[forms.BoundField] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    blank: Row | None = None
    entry: str = ""
    help: str = ""


@dataclass
class Row:
    """One entry of a list."""

    index: str
    spots: list[Spot]


class BlockForm:
    """The form of one block. `values()` is the block as it should be stored, `errors` a sentence by field name."""

    def __init__(self, block: Plain, posted: QueryDict | None = None) -> None:
        self.block, self.name = block, str(block["block"])
        self.kind = BY_NAME[self.name]
        self.posted = posted
        self._made: dict[str, forms.Field] = {}
        self._initial: Plain = {}
        shape = [(f.name, f.type) for f in msgspec.structs.fields(self.kind) if f.name != "id"]
        shape.sort(key=lambda one: FIRST.index(one[0]) if one[0] in FIRST else len(FIRST))
        plan = [self._plan(name, hint, block.get(name, default(self.kind, name)), name) for name, hint in shape]
        form_class = type("OneBlock", (forms.Form,), dict(self._made))
        self.form: forms.Form = form_class(posted, initial=self._initial, auto_id="b_%s")
        self.spots = [self._spot(one) for one in plan]

    @property
    def errors(self) -> dict[str, str]:
        if self.posted is None:
            return {}
        return {name: str(errors[0]) for name, errors in self.form.errors.items()}

    def values(self) -> Plain:
        """What was posted; a field with an error keeps what the block had."""
        assert self.posted is not None
        self.form.is_valid()
        made: Plain = {"block": self.name, "id": self.block.get("id", "")}
        for one in msgspec.structs.fields(self.kind):
            if one.name != "id":
                value = self._read(one.name, one.type, self.block.get(one.name), one.name)
                if value is not None:
                    made[one.name] = value
        try:
            msgspec.convert(made, KINDS)
        except msgspec.ValidationError as error:
            raise Unfit(str(error)) from error
        return made

    # -- The shape: which fields there are

    def _plan(self, name: str, hint: Any, value: Any, path: str) -> tuple[Any, ...]:
        sort, inner, _mark = reading(hint)
        if sort == "link":
            said = value or {}
            self._add(f"{name}-label", fields.short(hint=_("Words on the button")), said.get("label", ""))
            self._add(f"{name}-href", fields.href(), said.get("href", ""))
            return ("link", name, path)
        if sort == "list":
            numbers = self._numbers(name, value or [])
            rows = [(n, self._row(f"{name}-{n}", inner, at(value, n), path)) for n in numbers]
            return ("list", name, path, rows, ("__n__", self._row(f"{name}-__n__", inner, None, path)))
        made = fields.field_for(sort, inner)
        self._add(name, made, fields.shown(sort, value))
        return ("field", name, path)

    def _row(self, name: str, inner: Any, value: Any, path: str) -> list[tuple[Any, ...]]:
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            said = value or {}
            return [
                self._plan(f"{name}-{f.name}", f.type, said.get(f.name, default(inner, f.name)), f"{path}.{f.name}")
                for f in msgspec.structs.fields(inner)
            ]
        self._add(name, fields.field_for("short", str), value or "")
        return [("field", name, path)]

    def _add(self, name: str, made: forms.Field, value: Any) -> None:
        made.required = False
        self._made[name] = made
        self._initial[name] = value

    def _numbers(self, name: str, value: list[Any]) -> list[str]:
        """The rows in the order in which they were sent: the order on the page is the order that counts."""
        if self.posted is None:
            return [str(n) for n in range(len(value))]
        pattern = re.compile(rf"^{re.escape(name)}-(\d+)(?:-|$)")
        return list(dict.fromkeys(found[1] for key in self.posted if (found := pattern.match(key))))[:60]

    # -- The form as a template shows it

    def _spot(self, plan: tuple[Any, ...]) -> Spot:
        sort, name, path = plan[0], plan[1], plan[2]
        label = field_label(self.name, path)
        if sort == "link":
            return Spot(name, label, "link", [self.form[f"{name}-label"], self.form[f"{name}-href"]])
        if sort == "list":
            rows = [Row(n, [self._spot(one) for one in row]) for n, row in plan[3]]
            blank = Row("__n__", [self._spot(one) for one in plan[4][1]])
            return Spot(name, label, "list", rows=rows, blank=blank, entry=entry_label(self.name, path))
        bound = self.form[name]
        sort_of = getattr(bound.field, "sort", "short")
        return Spot(name, label, "field", [bound], help=help_text(self.name, path, sort_of))

    # -- What was posted

    def _read(self, name: str, hint: Any, before: Any, path: str) -> Any:
        sort, inner, _mark = reading(hint)
        if sort == "link":
            label, href = (
                self._value(f"{name}-label", (before or {}).get("label", "")),
                self._value(f"{name}-href", (before or {}).get("href", "")),
            )
            return (
                {"label": label, "href": href} if label or href else ({"label": "", "href": ""} if must(hint) else None)
            )
        if sort == "list":
            assert self.posted is not None
            return [self._read_row(f"{name}-{n}", inner, at(before, n)) for n in self._numbers(name, before or [])]
        return fields.stored(sort, inner, self._value(name, fields.shown(sort, before)))

    def _read_row(self, name: str, inner: Any, before: Any) -> Any:
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            said = {
                f.name: self._read(f"{name}-{f.name}", f.type, (before or {}).get(f.name), name)
                for f in msgspec.structs.fields(inner)
            }
            return {key: value for key, value in said.items() if value is not None}
        return self._value(name, before or "")

    def _value(self, name: str, before: Any) -> Any:
        if name in self.form.errors:
            return before
        return self.form.cleaned_data.get(name, "")


class Unfit(ValueError):
    """What was posted is no block, though each field looked right."""
