"""Why somebody is like a persona, or like none, in words: what the persona asks for, what is known, whether it fits."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS
from reif.crm.models import Person
from reif.qualify.personas.match import WEIGHTS, Likeness, Matcher
from reif.qualify.personas.names import persona_words
from reif.qualify.personas.profile import profiles
from reif.qualify.personas.ways import Persona
from reif.rules.words import say


class Reason(NamedTuple):
    """how: fits, differs or unknown. words: what is known, against what is asked for. weight: how much it counts."""

    how: str
    words: str
    weight: int


class Why(NamedTuple):
    """key, name: the persona that is found, or the nearest one when none fits enough. sentence: all in one.

    found: fits enough. next: the runner-up with its likeness, as words; empty when nothing else is alike.
    """

    key: str
    name: str
    confidence: int
    found: bool
    sentence: str
    reasons: tuple[Reason, ...]
    next: str


def why(person: Person, personas: tuple[Persona, ...], language: str) -> Why | None:
    """None when the playbook has no personas. One query, and one for each persona with a condition."""
    profile = profiles([person.pk], personas).get(person.pk)
    if profile is None or not personas:
        return None
    by_key, names = {p.key: p for p in personas}, persona_words(language)
    first, *rest = Matcher(personas).ranked(profile)
    persona = by_key[first.persona]
    found = first.confidence >= persona.least
    reasons = tuple(_reason(person, persona, name, how, language) for name, how in first.evidence.items())
    return Why(
        first.persona, names[first.persona], first.confidence, found, _sentence(first, persona, reasons, names, found),
        reasons, _runner_up(rest, names),
    )  # fmt: skip


def _reason(person: Person, persona: Persona, name: str, how: str, language: str) -> Reason:
    turn = 0 if language.startswith("de") else 1
    match name:
        case "department":
            asked = ", ".join(DEPARTMENTS[d][turn] for d in persona.department)
            known = DEPARTMENTS[person.department][turn] if person.department else ""
            words = _compared(_("Department"), known, asked, _from(person))
        case "level":
            asked = ", ".join(LEVELS[one][turn] for one in persona.level)
            known = LEVELS[person.level][turn] if person.level else ""
            words = _compared(_("Level"), known, asked, _from(person))
        case "size":
            low, high = persona.size or (0, 0)
            asked = f"{number_format(low, force_grouping=True)}–{number_format(high, force_grouping=True)}"
            size = person.company.size if person.company else None
            words = _compared(_("Company size"), number_format(size, force_grouping=True) if size else "", asked)
        case "industry":
            industry = person.company.industry if person.company else ""
            words = _compared(_("Industry"), industry, ", ".join(persona.industry))
        case _:
            words = say(persona.when, language) if persona.when is not None else ""
    return Reason(how, words, WEIGHTS[name])


def _compared(what: str, known: str, asked: str, source: str = "") -> str:
    if not known:
        return _("%(what)s unknown (asked for: %(asked)s)") % {"what": what, "asked": asked}
    said = {"what": what, "known": known, "source": source, "asked": asked}
    if source:
        return _("%(what)s %(known)s, read from “%(source)s” (asked for: %(asked)s)") % said
    return _("%(what)s %(known)s (asked for: %(asked)s)") % said


def _from(person: Person) -> str:
    return person.job_title


def _sentence(like: Likeness, persona: Persona, reasons: tuple[Reason, ...], names: dict[str, str], found: bool) -> str:
    fits, lacking = ([r.words for r in reasons if (r.how == "fits") is right] for right in (True, False))
    said = {"persona": names[like.persona], "percent": like.confidence, "least": persona.least}
    if found:
        head = _("Like “%(persona)s” to %(percent)s %%.") % said
    else:
        head = (
            _("Like no persona: the nearest, “%(persona)s”, fits to %(percent)s %%, and %(least)s %% are needed.")
            % said
        )
    parts = [head]
    if fits:
        parts.append(_("What fits: %(what)s.") % {"what": "; ".join(fits)})
    if lacking:
        parts.append(_("What does not, or is not known: %(what)s.") % {"what": "; ".join(lacking)})
    return " ".join(parts)


def _runner_up(rest: list[Likeness], names: dict[str, str]) -> str:
    if not rest or not rest[0].confidence:
        return ""
    return _("Next: “%(persona)s”, %(percent)s %%") % {"persona": names[rest[0].persona], "percent": rest[0].confidence}
