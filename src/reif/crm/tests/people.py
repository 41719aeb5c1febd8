"""Plain functions that make records for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from reif.crm.models import Company, Deal, Person
from reif.kit.clock import now
from reif.staff.models import Team, User

_numbers = count(1)


def a_user(role: str = "seller", team: Team | None = None, **fields: Any) -> User:
    n = next(_numbers)
    fields.setdefault("email", f"user{n}@desk.example")
    fields.setdefault("first_name", "Vera")
    fields.setdefault("last_name", f"Verkauf{n}")
    return User.objects.create_user(password="secret-pass-1", role=role, team=team, **fields)


def a_team(key: str = "") -> Team:
    key = key or f"team{next(_numbers)}"
    return Team.objects.create(key=key, name=key.title())


def a_company(**fields: Any) -> Company:
    n = next(_numbers)
    return Company.objects.create(
        **{"name": f"Muster {n} AG", "domain": f"muster{n}.example", "created_at": now()} | fields
    )


def a_person(**fields: Any) -> Person:
    n = next(_numbers)
    return Person.objects.create(**{"email": f"person{n}@firma{n}.example", "created_at": now()} | fields)


def a_deal(**fields: Any) -> Deal:
    moment = now()
    return Deal.objects.create(**{"name": f"Deal {next(_numbers)}", "opened_at": moment, "stage_at": moment} | fields)
