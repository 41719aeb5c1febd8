"""Addresses of the list of people with a condition, for numbers that lead to those they count."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse


def people_whose(rest: Mapping[str, str] | None = None, /, **row: object) -> str:
    """The list with one row of the filter (`field`, `op`, `value` and so on); rest: `stage`, `sort` and their like."""
    asked = dict(rest or {}) | {f"g0.r0.{name}": str(value) for name, value in row.items()}
    return f"{reverse('desk:people')}?{urlencode(asked)}"
