"""The shape of personas.toml."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from msgspec import Struct, field

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.qualify.check_model import twice
from reif.qualify.circles import through
from reif.rules.closest import closest
from reif.rules.predicates import Predicate

Words = dict[str, str]


class Persona(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody typical among buyers. goals, pains, about: by language.

    department, level, industry: any of these; size: employees from and to; when: anything else. least: per cent of what
    is stated that has to fit before somebody is taken for this persona.
    """

    key: str
    words: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    goals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    department: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    size: tuple[int, int] | None = None
    when: Predicate | None = None
    least: int = 50


class Personas(Struct, frozen=True, forbid_unknown_fields=True):
    """All personas; of two that fit alike, the one that stands first."""

    personas: tuple[Persona, ...] = field(default=(), name="persona")


def check_personas(draft: Draft) -> Iterator[Problem]:
    """Keys once, departments and levels that there are, something to go by."""
    known: Personas = draft["personas"]
    yield from twice(draft, "personas", ("persona",), known.personas)
    for n, one in enumerate(known.personas):
        for name, table in (("department", DEPARTMENTS), ("level", LEVELS)):
            for value in getattr(one, name):
                if value not in table:
                    sentence = _("“%(value)s” is not one of %(known)s.") % {"value": value, "known": ", ".join(table)}
                    yield draft.problem("personas", ("persona", n, name), sentence, closest(value, table))
        if one.when is not None and "persona" in through(one.when, draft["segments"]):
            sentence = _("A persona cannot ask for the persona that somebody has, not through a segment either.")
            remedy = _("Ask for what is behind it.")
            yield draft.problem("personas", ("persona", n, "when"), sentence, remedy)
        if not (one.department or one.level or one.industry or one.size or one.when):
            sentence = _("Nothing says who is like this persona.")
            yield draft.problem(
                "personas", ("persona", n), sentence, _("Add department, level, industry, size or when.")
            )
        if not 1 <= one.least <= 100:
            yield draft.problem("personas", ("persona", n, "least"), _("Per cent are from 1 to 100."), "")
