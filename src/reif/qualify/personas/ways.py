"""The shape of personas.toml."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from msgspec import Struct, field

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.qualify.check_model import twice
from reif.qualify.circles import PERSONAS, asked, known
from reif.qualify.personas.portrait import LOOKS
from reif.rules.closest import closest
from reif.rules.fields import SCORES
from reif.rules.predicates import Did, Predicate, leaves

Words = dict[str, str]


class Persona(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody typical among buyers. goals, pains, about: by language.

    look: hair of the picture, one of `LOOKS`; by chance when it is not said. department, level, industry: any of these;
    size: employees from and to; when: anything else. least: per cent of what
    is stated that has to fit before somebody is taken for this persona.
    """

    key: str
    words: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    goals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    look: str = ""
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
    personas: Personas = draft["personas"]
    yield from twice(draft, "personas", ("persona",), personas.personas)
    for n, one in enumerate(personas.personas):
        for name, table in (("department", DEPARTMENTS), ("level", LEVELS)):
            for value in getattr(one, name):
                if value not in table:
                    sentence = _("“%(value)s” is not one of %(known)s.") % {"value": value, "known": ", ".join(table)}
                    yield draft.problem("personas", ("persona", n, name), sentence, closest(value, table))
        if not (one.department or one.level or one.industry or one.size or one.when):
            sentence = _("Nothing says who is like this persona.")
            yield draft.problem(
                "personas", ("persona", n), sentence, _("Add department, level, industry, size or when.")
            )
        if one.look and one.look not in LOOKS:
            sentence = _("“%(value)s” is not one of %(known)s.") % {"value": one.look, "known": ", ".join(LOOKS)}
            yield draft.problem("personas", ("persona", n, "look"), sentence, closest(one.look, LOOKS))
        if one.size and one.size[0] > one.size[1]:
            sentence = _("A size is from the smaller number to the larger.")
            yield draft.problem("personas", ("persona", n, "size"), sentence, _("For example [50, 1000]."))
        yield from _who_somebody_is(draft, n, one)
        if not 1 <= one.least <= 100:
            yield draft.problem("personas", ("persona", n, "least"), _("Per cent are from 1 to 100."), "")


MOVED = frozenset(
    ["persona", "stage", "stage_at", "owner", "has_owner", "chance_sql", "chance_won", "completeness", "quality"]
)
"""What may follow from personas, like scores: a persona that asked for it, through a segment too, would run after itself."""


def _who_somebody_is(draft: Draft, n: int, persona: Persona) -> Iterator[Problem]:
    """A persona is found from what is known about somebody, and from segments that go by nothing else."""
    at, remedy = ("persona", n, "when"), _("Ask for attributes of the person or the company, or make it a segment.")
    if any(isinstance(leaf, Did) for leaf in (leaves(persona.when) if persona.when is not None else ())):
        sentence = _("A persona is who somebody is: it cannot ask for “%(field)s”.") % {"field": "did"}
        yield draft.problem("personas", at, sentence, remedy)
    for leaf, way in asked(persona.when, known(draft)):
        if leaf.field not in MOVED and leaf.field.partition(".")[0] not in SCORES and leaf.field != "company.score":
            continue
        if not way:
            sentence = _("A persona is who somebody is: it cannot ask for “%(field)s”.") % {"field": leaf.field}
            yield draft.problem("personas", at, sentence, remedy)
        elif PERSONAS not in way:
            circle = " → ".join((persona.key, *way, leaf.field))
            sentence = _("A persona cannot ask for what may follow from it: %(circle)s.") % {"circle": circle}
            yield draft.problem("personas", at, sentence, _("Ask for a segment of attributes and behaviour only."))
