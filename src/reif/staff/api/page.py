"""Lists in pages by key: no counting, no skipping, the same cost on the first page and on the thousandth."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from reif.staff.api.problem import Problem

T = TypeVar("T")
MOST = 500
Limit = Annotated[int, Field(ge=1, le=MOST)]
"""How many rows of a page somebody asks for."""


class Page(Schema, Generic[T]):
    """items, in order; next: pass it as `after` to get those that follow; null at the end."""

    items: list[T]
    next: str | None = None


def page(rows: QuerySet[Any], after: str, limit: int) -> tuple[list[Any], str | None]:
    """Rows by ascending id after the place `after`, and the place where the next page begins."""
    found = list(rows.filter(pk__gt=_place(after)).order_by("pk")[: limit + 1])
    here = found[:limit]
    return here, _sealed(here[-1].pk) if len(found) > limit else None


def _sealed(number: int) -> str:
    return base64.urlsafe_b64encode(f"1:{number}".encode()).rstrip(b"=").decode()


def _place(after: str) -> int:
    if not after:
        return 0
    try:
        version, _colon, number = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode().partition(":")
        if version == "1":
            return min(int(number), 2**62)
    except ValueError:
        pass
    words = _("This place in the list does not exist. Use `next` of the page before, or begin without `after`.")
    raise Problem(400, "bad-place", words)
