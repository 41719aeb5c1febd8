"""/api/v1/people: read one or many, make or complete a batch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from reif.crm.api.shapes import PeopleDone, PeopleIn, PersonIn, PersonOut
from reif.crm.models import SOURCES, Person, Stage
from reif.crm.offers import offered
from reif.crm.upsert import Draft, Upserted, upsert_people
from reif.kit.address import BadAddress, normalise
from reif.staff.api.page import Limit, Page, page
from reif.staff.api.problem import Flaw, Problem
from reif.staff.api.resource import Resource

people = Resource("people", gettext_lazy("People"), writes=True)


@people.get("", scope="people:read", response=Page[PersonOut])
def list_people(
    request: HttpRequest, after: str = "", limit: Limit = 100, email: str = "", stage: str = "",
    source: str = "", company: int = 0, created_since: datetime | None = None, created_before: datetime | None = None,
    score_from: int | None = None, segment: str = "",
) -> Any:  # fmt: skip
    """List people in the order they were made. email: exactly this address; company: its id; segment: its key."""
    told: dict[str, Any] = {
        "email": email.strip().lower(), "stage": stage, "source": source, "company": company,
        "created_at__gte": created_since, "created_at__lt": created_before, "score__gte": score_from,
        "segments__segment": segment,
    }  # fmt: skip
    wanted = {column: value for column, value in told.items() if value not in ("", None) and value != 0}
    if stage and stage not in Stage.values:
        raise Problem(422, "invalid", _("Possible values: %(values)s.") % {"values": ", ".join(Stage.values)})
    if segment and segment not in offered("segment", get_language() or "en"):
        raise Problem(422, "invalid", _("There is no segment “%(name)s”.") % {"name": segment[:64]})
    found, following = page(_people().filter(**wanted), after, limit)
    return {"items": found, "next": following}


@people.get("/{int:number}", scope="people:read", response=PersonOut)
def get_person(request: HttpRequest, number: int) -> Person:
    """One person by id."""
    found = _people().filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found


@people.post("", scope="people:write", response=PeopleDone)
def upsert(request: HttpRequest, sent: PeopleIn) -> PeopleDone:
    """Make people, or complete those with these addresses. At most 1,000 at once; all of them or none. Gives no permission
    to write to anybody: consent is a declaration of the person."""
    _check(sent.people)
    done = upsert_people([_draft(one) for one in sent.people], via="api", overwrite=sent.overwrite)
    return PeopleDone(people=[_told(one) for one in done])


def _people() -> QuerySet[Person]:
    return Person.objects.living().select_related("company", "owner")


def _check(sent: list[PersonIn]) -> None:
    flaws: list[Flaw] = []
    for number, one in enumerate(sent):
        try:
            normalise(one.email)
        except BadAddress as bad:
            words = _("“%(email)s” cannot be a mail address.") % {"email": one.email[:100]}
            flaws.append((f"/people/{number}/email", f"address_{bad.key}", words))
        if one.source and one.source not in SOURCES:
            words = _("Possible values: %(values)s.") % {"values": ", ".join(SOURCES)}
            flaws.append((f"/people/{number}/source", "enum", words))
    if flaws:
        raise Problem(422, "invalid", _("Some values cannot be used. Nothing was changed."), flaws[:100])


def _draft(one: PersonIn) -> Draft:
    told = one.model_dump()
    told["country"] = told["country"].upper()
    return Draft(**told)


def _told(one: Upserted) -> Any:
    return {"id": one.person.pk, "email": one.person.email, "created": one.created, "changed": list(one.changed)}
