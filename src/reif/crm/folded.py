"""Columns that hold the folded twin of another column, and a look-up by prefix that uses their index."""

from __future__ import annotations

from typing import Any

from django.db import models

from reif.kit.fold import fold


class FoldedField(models.CharField[str, str]):
    """`fold(text)` of the field named `of`, kept in step by every save and bulk write of the model."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = fold(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


@FoldedField.register_lookup
class Prefix(models.Lookup[str]):
    """`column__prefix="mue"`: begins with, by the index on both engines."""

    lookup_name = "prefix"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        return f"({left} >= %s AND {left} < %s)", [*params, self.rhs, *params, f"{self.rhs}\U0010ffff"]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        return f"{left} LIKE %s", [*params, f"{escaped}%"]
