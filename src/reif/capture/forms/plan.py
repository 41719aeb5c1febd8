"""Which questions this visitor is asked: those we know the answer to make room for others.

We know somebody only with their consent to personal measuring, or by the signed link of a mail. What we know is never
shown: a question is left out, that is all; and a link says "not you?".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest

from reif.capture.forms.form_file import Field, Form
from reif.capture.forms.ticket import Ticket
from reif.capture.web.visitor import visitor_key
from reif.channels.email.tokens import person_of
from reif.crm.models import Person, Visitor

ALL = "all"
"""The parameter of the link "not you?"."""


@dataclass(frozen=True)
class Plan:
    """The fields to show, in order. without: names that were left out; later: those that came in their place."""

    fields: list[Field]
    without: tuple[str, ...] = field(default=())
    later: tuple[str, ...] = field(default=())
    stranger: bool = False


def plan_for(form: Form, request: HttpRequest) -> Plan:
    """What to ask the sender of this request."""
    stranger = request.GET.get(ALL) == "1"
    if form.kiosk or stranger or not any(f.known == "skip" for f in form.questions):
        return Plan(form.fields, stranger=stranger)
    person = recognised(request)
    if person is None:
        return Plan(form.fields)
    without = tuple(f.name for f in form.fields if f.known == "skip" and f.type != "email" and _known(f, person))
    later = tuple(f.name for f in form.later if not _known(f, person))[: len(without)]
    return Plan(arrange(form, without, later), without, later)


def planned(form: Form, ticket: Ticket) -> list[Field]:
    """The fields that a ticket's form has shown."""
    return arrange(form, tuple(filter(None, ticket.without.split(","))), tuple(filter(None, ticket.later.split(","))))


def arrange(form: Form, without: tuple[str, ...], later: tuple[str, ...]) -> list[Field]:
    """The form's fields, each that is left out replaced by the next one for later, if there is one."""
    waiting = [f for f in form.later if f.name in later]
    found = []
    for one in form.fields:
        if one.name not in without:
            found.append(one)
        elif waiting:
            found.append(waiting.pop(0))
    return found


def recognised(request: HttpRequest) -> Person | None:
    """Who this is, as far as we were allowed to know."""
    people = Person.objects.select_related("company").filter(erased_at=None)
    if (token := request.GET.get("reif", "")) and (person := person_of(token)):
        return people.filter(id=person).first()
    key = visitor_key(request)
    found = Visitor.objects.filter(key=key).values_list("person_id", flat=True).first() if key else None
    return people.filter(id=found).first() if found else None


def told(one: Field, person: Person) -> str:
    """What is known for a field; empty when nothing is."""
    kind, _dot, column = one.to.partition(".")
    if one.type == "email":
        return person.email or ""
    if one.to == "person.name":
        return f"{person.first_name} {person.last_name}".strip()
    if column.startswith("traits."):
        return str(person.traits.get(column.removeprefix("traits."), ""))
    if kind == "company":
        value = getattr(person.company, column, "") if person.company else ""
        return str(value or (person.company_name if column == "name" else "") or "")
    return str(getattr(person, column, "") or "") if column else ""


def _known(one: Field, person: Person) -> bool:
    return bool(one.to) and bool(told(one, person))
