"""People as other software sends and gets them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from reif.crm.models import Person
from reif.staff.api.schema import Told

MOST = 1000
Short = Annotated[str, StringConstraints(max_length=200)]
Trait = str | int | float | bool


class CompanyOut(Schema):
    id: int
    name: str
    domain: str | None


class PersonOut(Schema):
    """A person as it is now. owner: the seller's address."""

    id: int
    email: str | None
    first_name: str
    last_name: str
    phone: str
    job_title: str
    company_name: str
    company: CompanyOut | None
    country: str
    region: str
    city: str
    postal_code: str
    language: str
    timezone: str
    source: str
    source_detail_1: str
    source_detail_2: str
    utm: dict[str, Any]
    traits: dict[str, Any]
    stage: str
    stage_at: datetime | None
    score: int
    fit: int
    engagement: int
    owner: str | None
    created_at: datetime
    updated_at: datetime

    @staticmethod
    def resolve_owner(person: Person) -> str | None:
        return person.owner.email if person.owner else None


class PersonIn(Told):
    """What you know about a person. Empty or missing means: not told, and never overwrites."""

    email: Annotated[str, StringConstraints(max_length=320)]
    first_name: Short = ""
    last_name: Short = ""
    phone: Short = ""
    job_title: Short = ""
    company_name: Short = ""
    company_domain: Annotated[str, StringConstraints(max_length=253)] = ""
    company_size: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    industry: Short = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2})?$")] = ""
    region: Short = ""
    city: Short = ""
    postal_code: Short = ""
    language: Annotated[str, StringConstraints(max_length=8)] = ""
    timezone: Annotated[str, StringConstraints(max_length=64)] = ""
    source: Annotated[str, StringConstraints(max_length=32)] = ""
    source_detail_1: Annotated[str, StringConstraints(max_length=255)] = ""
    source_detail_2: Annotated[str, StringConstraints(max_length=255)] = ""
    utm: dict[Short, Short] = {}
    traits: dict[Short, Trait] = {}


class PeopleIn(Told):
    """A batch; all of it or nothing. overwrite: told values replace those that are there, else they fill gaps alone."""

    people: Annotated[list[PersonIn], Field(min_length=1, max_length=MOST)]
    overwrite: bool = True


class Done(Schema):
    """What became of one of them, in the order they were sent. changed: the fields with a new value."""

    id: int
    email: str | None
    created: bool
    changed: list[str]


class PeopleDone(Schema):
    people: list[Done]
