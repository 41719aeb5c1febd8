"""The board of personas, the page of one, and who knows better about one person."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS
from reif.crm.models import Person
from reif.playbook.current import current, revision
from reif.qualify.models import Choice, Likeness
from reif.qualify.personas.assign import choose, release
from reif.qualify.personas.complete import ASKED, missing, words
from reif.qualify.personas.figures import figures, nobody
from reif.qualify.personas.names import persona_words
from reif.qualify.personas.ways import Persona
from reif.rules.record import records
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
        "key": persona.key, "name": told(persona.words) or persona.key, "about": told(persona.about),
        "goals": told(persona.goals), "pains": told(persona.pains), "industry": persona.industry, "size": persona.size,
        "department": [DEPARTMENTS[d][turn] for d in persona.department], "level": [LEVELS[one][turn] for one in persona.level],
        "when": say(persona.when, language) if persona.when is not None else "", "least": persona.least,
    }  # fmt: skip


class PersonasView(Desk):  # /personas
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        known, numbers = current("personas").personas, figures()
        whole = sum(one["people"] for one in numbers.values())
        without = numbers.get("", {"people": 0})["people"]
        context = {
            "personas": [described(p) | {"n": numbers.get(p.key)} for p in known],
            "whole": whole, "without": without, "share": without / whole if whole else 0, "why": nobody(),
            "revision": revision(),
        }  # fmt: skip
        return render(request, "qualify/personas/board.html", context)


class PersonaView(Desk):  # /personas/hr-head
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, key: str) -> HttpResponse:
        persona = next((p for p in current("personas").personas if p.key == key), None)
        if persona is None:
            raise Http404
        mine = Person.objects.living().visible_to(request.user).filter(persona=key).select_related("company")
        context = {
            "persona": described(persona),
            "n": figures().get(key),
            "people": mine.order_by("-score", "-id")[:15],
        }
        return render(request, "qualify/personas/one.html", context)


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
    """Beside the timeline: whom the person is like and why, and which data are missing."""
    language = get_language() or "de"
    record = records([person.pk], *ASKED).get(person.pk)
    names = persona_words(language)
    like = Likeness.objects.filter(person=person).first()
    context = {
        "person": person, "names": names, "name": names.get(person.persona, person.persona), "like": like,
        "choice": Choice.objects.filter(person=person).select_related("by").first(),
        "missing": words(missing(record), language) if record else [], "may_write": request.user.role in WRITERS,
    }  # fmt: skip
    return render_to_string("qualify/personas/_panel.html", context, request)
