"""One person: everything we know, in one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.crm.activities import note
from reif.crm.edit import edit_person
from reif.crm.models import Person
from reif.desk.dossier import dossier
from reif.desk.history import FILTERS, page_of
from reif.desk.templatetags.sources import language_word
from reif.staff.models import Role
from reif.staff.panels import panels_for
from reif.staff.views import EVERYONE, Desk, StaffRequest

PROVERS = frozenset({Role.ADMIN, Role.MARKETING, Role.MANAGER})
"""Who may carry proofs of consent out of the house."""
KEEPERS = frozenset({Role.ADMIN, Role.MARKETING})
"""Who may give an account of all data of a person."""
WRITERS = frozenset({Role.ADMIN, Role.MARKETING, Role.MANAGER, Role.SELLER})


class PersonForm(forms.ModelForm[Person]):
    """The columns that staff may write by hand."""

    class Meta:
        model = Person
        fields = [
            "first_name",
            "last_name",
            "job_title",
            "phone",
            "company_name",
            "country",
            "region",
            "city",
            "language",
        ]
        labels = {
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
            "job_title": gettext_lazy("Job title"),
            "phone": gettext_lazy("Phone"),
            "company_name": gettext_lazy("Company"),
            "country": gettext_lazy("Country"),
            "region": gettext_lazy("Region"),
            "city": gettext_lazy("City"),
            "language": gettext_lazy("Language"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [("", "–"), *((code, language_word(code)) for code, _name in settings.LANGUAGES)]
        spoken = self.instance.language
        other = [] if spoken in dict(known) else [(spoken, spoken)]
        self.fields["language"].widget = forms.Select(choices=known + other)


class OfPerson(Desk):
    """A page below one person whom the user may see; others are not found."""

    roles: ClassVar[frozenset[str]] = EVERYONE
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def person(self, pk: int) -> Person:
        people = Person.objects.living().visible_to(self.request.user).select_related("company", "owner")
        found: Person = get_object_or_404(people, pk=pk)
        return found


PIECES = {"head": "desk/_person_head.html", "sales": "desk/_sales.html"}


class PersonView(OfPerson):  # /people/7, with `show` for the timeline and `piece` for a part that changed
    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = self.person(pk)
        context: dict[str, Any] = dossier(person, request.user)
        context |= {
            "may_write": request.user.role in WRITERS,
            "provers": PROVERS,
            "keepers": KEEPERS,
            "steps": panels_for("inbox.person", request, person=person),
        }
        if template := PIECES.get(request.GET.get("piece", "")):
            return render(request, template, context)
        context |= page_of(person, request.GET.get("show", ""), None)
        context["panels"] = panels_for("person.side", request, person=person)
        return render(request, "desk/person.html", context | {"filters": FILTERS})


class PersonTimelineView(OfPerson):  # /people/7/timeline?before=99
    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = self.person(pk)
        before = request.GET.get("before", "")
        context = page_of(person, request.GET.get("show", ""), int(before) if before.isdigit() else None)
        return render(request, "desk/_timeline.html", context | {"person": person})


class PersonFieldsView(OfPerson):  # /people/7/fields
    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = self.person(pk)
        return render(request, "desk/person_fields.html", {"person": person, "form": PersonForm(instance=person)})

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = self.person(pk)
        form = PersonForm(request.POST, instance=person)
        if not form.is_valid():
            return render(request, "desk/person_fields.html", {"person": person, "form": form}, status=422)
        edit_person(person, {name: form.cleaned_data[name] for name in form.changed_data}, by=request.user.pk)
        return redirect("desk:person", pk)


class PersonNotesView(OfPerson):  # /people/7/notes
    def post(self, request: StaffRequest, pk: int) -> HttpResponse | HttpResponseRedirect:
        person = self.person(pk)
        body = request.POST.get("body", "").strip()[:10_000]
        if not body:
            context = {"person": person, "error": _("Write a word first.")}
            return render(request, "desk/_composer.html", context, status=422)
        note(person, body, by=request.user.pk)
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect("desk:person", pk)
        context = {"person": person, **page_of(person, "", None), "may_write": True, "filters": FILTERS}
        return render(request, "desk/_history.html", context)
