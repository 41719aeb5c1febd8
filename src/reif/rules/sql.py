"""The SQL reading: a predicate as a condition on people.

Every leaf is two-valued: it tests that the value is there before it compares, so that NOT is the complement.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import reduce
from math import ceil, floor
from operator import and_, or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from reif.crm.law.permitted import permitted
from reif.crm.models import Consent
from reif.rules.did import happened
from reif.rules.fields import Field, Type, field_of
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate
from reif.rules.trait_sql import trait
from reif.rules.values import wanted

EVERYBODY = Q(pk__isnull=False)


def where(predicate: Predicate, now: datetime) -> Q:
    """For `Person.objects.filter(...)`, as it is at `now`."""
    match predicate:
        case All(of):
            return reduce(and_, (where(p, now) for p in of), EVERYBODY) if of else EVERYBODY
        case AnyOf(of):
            return reduce(or_, (where(p, now) for p in of)) if of else ~EVERYBODY
        case Not(part):
            return ~where(part, now)
        case Did():
            return happened(predicate, now)
        case Is():
            field = field_of(predicate.field)
            if field is None:
                raise KeyError(predicate.field)
            return _leaf(field, predicate, now)
    raise TypeError(predicate)


def _leaf(field: Field, leaf: Is, now: datetime) -> Q:
    if field.type is Type.TRAIT:
        return trait(field, leaf)
    if field.type is Type.TRUTH:
        return _truth(field) if (leaf.op == "is") is bool(leaf.value) else ~_truth(field)
    if leaf.op == "is not set":
        return ~_present(field)
    if leaf.op == "is set":
        return _present(field)
    return _present(field) & COMPARE[leaf.op](field.path, _limits(field, leaf, now))


def _truth(field: Field) -> Q:
    if field.name == "has_owner":
        return Q(owner_id__isnull=False)
    return DERIVED[field.name]()


def consents() -> Any:
    """Consents in force for marketing by mail, each for the address that its person has now."""
    return Consent.objects.filter(
        purpose="marketing", channel="email", given_at__isnull=False, withdrawn_at=None, person__erased_at=None,
        address=F("person__email"),
    )  # fmt: skip


def _consenting() -> Q:
    return Q(Exists(consents().filter(person=OuterRef("pk"))))


DERIVED: dict[str, Callable[[], Q]] = {"consent": _consenting, "may_mail": permitted}
"""Truths that no column of a person holds, as conditions on people."""


def _present(field: Field) -> Q:
    there = Q(**{f"{field.path}__isnull": False})
    return there & ~Q(**{field.path: ""}) if field.type in (Type.TEXT, Type.CODE) else there


def _limits(field: Field, leaf: Is, now: datetime) -> Any:
    value = wanted(field, leaf)
    return (now - timedelta(days=value), now) if leaf.op == "within" else value


def _whole(*values: Any) -> list[Any]:
    """Those that a column of whole numbers can hold; Django would cut 0.1 to 0."""
    return [v for v in values if not isinstance(v, float) or v.is_integer()]


Compare = Callable[[str, Any], Q]
COMPARE: dict[str, Compare] = {
    "is": lambda path, v: Q(**{f"{path}__in": _whole(v)}),
    "is not": lambda path, v: ~Q(**{f"{path}__in": _whole(v)}),
    "one of": lambda path, v: Q(**{f"{path}__in": _whole(*v)}),
    "none of": lambda path, v: ~Q(**{f"{path}__in": _whole(*v)}),
    "contains": lambda path, v: Q(**{f"{path}__holds": v}),
    "begins with": lambda path, v: Q(**{f"{path}__prefix": v}),
    ">=": lambda path, v: Q(**{f"{path}__gte": ceil(v)}),
    "<=": lambda path, v: Q(**{f"{path}__lte": floor(v)}),
    ">": lambda path, v: Q(**{f"{path}__gt": floor(v)}),
    "<": lambda path, v: Q(**{f"{path}__lt": ceil(v)}),
    "between": lambda path, v: Q(**{f"{path}__gte": ceil(v[0]), f"{path}__lte": floor(v[1])}),
    "before": lambda path, v: Q(**{f"{path}__lt": v}),
    "after": lambda path, v: Q(**{f"{path}__gt": v}),
    "within": lambda path, v: Q(**{f"{path}__gte": v[0], f"{path}__lte": v[1]}),
}
