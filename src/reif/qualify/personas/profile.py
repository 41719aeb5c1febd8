"""What personas are found by: department, level, company size and industry of people, and which conditions hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.among import among
from reif.qualify.personas.ways import Persona
from reif.rules.sql import where


class Profile(NamedTuple):
    """Empty text and None: not known. holds: the keys of the personas whose own condition holds."""

    department: str = ""
    level: str = ""
    industry: str = ""
    size: int | None = None
    holds: frozenset[str] = frozenset()


def profiles(people: Iterable[int], personas: Iterable[Persona]) -> dict[int, Profile]:
    """Of those of these who are not erased: one query, and one for each persona that has a condition."""
    asked = list(people)
    living = Person.objects.living().filter(among("id", asked))
    holds: dict[int, set[str]] = defaultdict(set)
    for persona in personas:
        if persona.when is not None:
            for person in living.filter(where(persona.when, now())).values_list("id", flat=True):
                holds[person].add(persona.key)
    rows = living.order_by("id").values_list("id", "department", "level", "company__industry_fold", "company__size")
    none = frozenset[str]()
    return {
        person: Profile(department, level, industry or "", size, frozenset(holds[person]) if person in holds else none)
        for person, department, level, industry, size in rows
    }
