"""What a form offers to choose from: fields with their operators and widgets, and kinds of events, in words."""

from __future__ import annotations

from typing import Any

from reif.crm.offers import offered
from reif.rules.fields import FIELDS, Field, Type, of_models
from reif.rules.happenings import HAPPENINGS, label
from reif.rules.operators import operators_for
from reif.rules.words import say_value

BEHAVIOUR = (
    "page",
    "form",
    "content",
    "webinar",
    "mail",
    "link",
    "event",
    "deal",
    "activity",
    "consent",
    "segment",
    "journey",
)


def vocabulary(language: str) -> dict[str, list[dict[str, Any]]]:
    """{"fields": [...], "traits": [operators of traits], "kinds": [...]}, ready for JSON and templates."""
    return {
        "fields": [_field(field, language) for field in [*FIELDS.values(), *of_models()]],
        "traits": _operators(Type.TRAIT, language),
        "kinds": [{"name": kind, "words": label(kind, language)} for kind in kinds()],
    }


def kinds() -> list[str]:
    """The kinds of events that people ask about, most telling first."""
    return sorted(
        (k for k in HAPPENINGS if k.split(".")[0] in BEHAVIOUR), key=lambda k: BEHAVIOUR.index(k.split(".")[0])
    )


def _field(field: Field, language: str) -> dict[str, Any]:
    return {
        "name": field.name,
        "words": field.words(language),
        "type": str(field.type),
        "operators": _operators(field.type, language),
        "choices": [{"name": c, "words": words} for c, words in _choices(field, language).items()],
    }


def _choices(field: Field, language: str) -> dict[str, str]:
    known = {c: say_value(field, c, language) for c in field.choices}
    return known or offered(field.name, language)


def _operators(type_: Type, language: str) -> list[dict[str, str]]:
    return [{"name": o.name, "words": o.label(language), "widget": o.widget(type_)} for o in operators_for(type_)]
