"""The vocabulary of the filter form."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from reif.rules.vocabulary import vocabulary

register = template.Library()


@register.simple_tag
def filter_vocabulary() -> dict[str, list[dict[str, Any]]]:
    """Fields and kinds of events in the reader's language."""
    return vocabulary(get_language() or "de")
