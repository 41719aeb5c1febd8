"""The board of personas, the page of one, and who knows better about one person."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS
from reif.crm.models import Person
from reif.playbook.current import current, revision
from reif.qualify.models import Choice
from reif.qualify.personas.assign import choose, release
from reif.qualify.personas.everybody import progress
from reif.qualify.personas.figures import Figures, figures, nobody, of_persona, who_reached
from reif.qualify.personas.names import persona_words
from reif.qualify.personas.ways import Persona
from reif.qualify.personas.why import why
from reif.rules.within import EVERYBODY, Within
from reif.rules.words import say
from reif.staff.models import Role
from reif.staff.views import EVERYONE, Desk, StaffRequest

WRITERS = frozenset({Role.ADMIN, Role.MARKETING, Role.MANAGER, Role.SELLER})


def described(persona: Persona) -> dict[str, Any]:
    """What the persona states, in the reader's language."""
    language = "de" if (get_language() or "de").startswith("de") else "en"
    turn = 0 if language == "de" else 1

    def told(said: dict[str, Any]) -> Any:
        return said.get(language) or next(iter(said.values()), ())

    return {
        "key": persona.key, "name": told(persona.words) or persona.key, "about": told(persona.about), "look": persona.look,
        "goals": told(persona.goals), "pains": told(persona.pains), "industry": persona.industry, "size": persona.size,
        "department": [DEPARTMENTS[d][turn] for d in persona.department], "level": [LEVELS[one][turn] for one in persona.level],
        "when": say(persona.when, language) if persona.when is not None else "", "least": persona.least,
    }  # fmt: skip


def numbers(key: str, found: Figures | None, within: Within = EVERYBODY) -> dict[str, Any]:
    """What is shown of a persona's figures; every number leads to the people behind it."""
    steps = found.steps if found else ()
    rows = [
        {"stage": s.stage, "n": s.reached, "of": s.people, "share": s.share, "rate": s.rate, "days": s.days,
         "address": urlencode(who_reached(key, s.stage, within))}
        for s in steps
    ]  # fmt: skip
    return {"steps": rows, "n": found, "address": urlencode(of_persona(key, within))}


class PersonasView(Desk):  # /personas?segment=large
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        within = Within.of(request.GET)
        known, found = current("personas").personas, figures(within)
        shown = [described(p) | numbers(p.key, found.get(p.key), within) for p in known]
        whole, none = sum(one.people for one in found.values()), found.get("")
        context = within.drawn(request) | {
            "personas": shown, "whole": whole, "none": numbers("", none, within), "without": none.people if none else 0,
            "share": none.people / whole if none and whole else 0, "why": nobody(within), "revision": revision(),
            "most": max((one.people for one in found.values()), default=0), "progress": progress(),
            "best": max((f.rate_won for key, f in found.items() if key), default=0),
        }  # fmt: skip
        return render(request, "qualify/personas/board.html", context)


class PersonaProgressView(Desk):  # /personas/walk/progress: asked again while a walk over everybody is on its way
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        return render(request, "qualify/personas/_walk.html", {"progress": progress()})


class PersonaView(Desk):  # /personas/hr-head
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, key: str) -> HttpResponse:
        persona = next((p for p in current("personas").personas if p.key == key), None)
        if persona is None:
            raise Http404
        mine = Person.objects.living().visible_to(request.user).filter(persona=key).select_related("company")
        context = {"persona": described(persona), "people": mine.order_by("-score", "-id")[:15], "progress": progress()}
        return render(request, "qualify/personas/one.html", context | numbers(key, figures().get(key)))


class PersonPersonaView(Desk):  # /people/7/persona: POST persona and reason, or do=release
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(Person.objects.living().visible_to(request.user), pk=pk)
        persona = request.POST.get("persona", "")
        if request.POST.get("do") == "release":
            release(person)
        elif not persona or persona in persona_words("en"):
            choose(person, persona, request.POST.get("reason", "").strip(), request.user.pk)
        return redirect("desk:person", pk)


def persona_panel(request: StaffRequest, person: Person) -> str:
    """Beside the timeline: whom the person is like, and why."""
    language, known = get_language() or "de", current("personas").personas
    names, looks = persona_words(language), {p.key: p.look for p in known}
    context = {
        "person": person, "names": names, "name": names.get(person.persona, person.persona), "look": looks.get(person.persona, ""),
        "there": person.persona in names, "choice": Choice.objects.filter(person=person).select_related("by").first(),
        "why": why(person, known, language), "may_write": request.user.role in WRITERS,
    }  # fmt: skip
    return render_to_string("qualify/personas/_panel.html", context, request)
