"""The names of codes: Schweiz for CH, Personal for hr, a segment by what the playbook calls it."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import override

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS
from reif.crm.models import SOURCES, BasisKind, Source, Stage
from reif.crm.offers import offered
from reif.rules.fields import Field


def named(field: Field, value: str, language: str) -> str:
    """The name of a code of a field, or nothing."""
    german = language.startswith("de")
    match field.name:
        case "department" if value in DEPARTMENTS:
            return DEPARTMENTS[value][not german]
        case "level" if value in LEVELS:
            return LEVELS[value][not german]
        case "segment" | "persona" | "flaw":
            words = offered(field.name, language).get(value) or value
            return f"«{words}»" if german else f"“{words}”"
        case "country" | "company.country":
            return str(Locale.parse("de_CH" if german else "en").territories.get(value.upper(), ""))
        case "language":
            return str(Locale.parse("de_CH" if german else "en").languages.get(value.lower(), ""))
    with override(language):
        return _label(field.name, value)


def _label(name: str, value: str) -> str:
    if name == "stage" and value in Stage.values:
        return str(Stage(value).label)
    if name.endswith("source") and value in SOURCES:
        return str(Source(value).label)
    return str(BasisKind(value).label) if name == "basis" and value in BasisKind.values else ""
