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
from reif.crm.models import Consent, Member, Standing
from reif.rules.did import happened
from reif.rules.fields import Field, Type, field_of
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate
from reif.rules.trait_sql import trait
from reif.rules.values import keys, wanted

EVERYBODY = Q(pk__isnull=False)


SaysDid = Callable[[Did, datetime], Q]


def where(predicate: Predicate, now: datetime, did: SaysDid = happened) -> Q:
    """For `Person.objects.filter(...)`, as it is at `now`. did: how to ask what somebody did, when not of the log."""
    match predicate:
        case All(of):
            return reduce(and_, (where(p, now, did) for p in of), EVERYBODY) if of else EVERYBODY
        case AnyOf(of):
            return reduce(or_, (where(p, now, did) for p in of)) if of else ~EVERYBODY
        case Not(part):
            return ~where(part, now, did)
        case Did():
            return did(predicate, now)
        case Is():
            field = field_of(predicate.field)
            if field is None:
                raise KeyError(predicate.field)
            return _leaf(field, predicate, now)
    raise TypeError(predicate)


def _leaf(field: Field, leaf: Is, now: datetime) -> Q:
    if field.type is Type.TRAIT:
        return trait(field, leaf)
    if field.model:
        return standing(field, leaf)
    if field.type is Type.TRUTH:
        return _truth(field) if (leaf.op == "is") is bool(leaf.value) else ~_truth(field)
    if field.type is Type.KEYS:
        any_of = _holding(field, leaf) if field.path else _member(leaf)
        return any_of if leaf.op in ("is", "one of") else ~any_of
    if leaf.op == "is not set":
        return ~_present(field)
    if leaf.op == "is set":
        return _present(field)
    return compared(field, leaf, _limits(field, leaf, now))


def compared(field: Field, leaf: Is, value: Any) -> Q:
    """The value is there and compares so."""
    op = "one of" if field.type is Type.GRADE and leaf.op in (">=", "<=") else leaf.op
    return _present(field) & COMPARE[op](field.path, value)


def standing(field: Field, leaf: Is) -> Q:
    """In a model that is not the main one. Who stands nowhere in it has no points, no grade, and is not left out."""
    mine = Standing.objects.counting().filter(model=field.model, person=OuterRef("pk"))
    if field.type is Type.TRUTH:
        left_out = Q(Exists(mine.exclude(excluded="")))
        return left_out if (leaf.op == "is") is bool(leaf.value) else ~left_out
    if leaf.op in ("is set", "is not set"):
        there = Q(Exists(mine.filter(_present(field)))) if field.missing else EVERYBODY
        return there if leaf.op == "is set" else ~there
    holds = compared(field, leaf, wanted(field, leaf))
    if field.missing or not COMPARES[leaf.op](0, wanted(field, leaf)):
        return Q(Exists(mine.filter(holds)))
    return ~Q(Exists(mine.exclude(holds)))


COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda a, v: bool(a == v),
    "is not": lambda a, v: bool(a != v),
    "one of": lambda a, v: a in v,
    "none of": lambda a, v: a not in v,
    ">=": lambda a, v: bool(a >= v),
    "<=": lambda a, v: bool(a <= v),
    ">": lambda a, v: bool(a > v),
    "<": lambda a, v: bool(a < v),
    "between": lambda a, v: bool(v[0] <= a <= v[1]),
}
"""The comparisons of numbers, for those who stand nowhere and so have none."""


def _truth(field: Field) -> Q:
    if field.name == "has_owner":
        return Q(owner_id__isnull=False)
    return DERIVED[field.name]()


def _member(leaf: Is) -> Q:
    return Q(Exists(Member.objects.filter(person=OuterRef("pk"), segment__in=keys(leaf))))


def _holding(field: Field, leaf: Is) -> Q:
    """One of the keys is among those in the column, which has a blank around each."""
    return reduce(or_, (Q(**{f"{field.path}__holds": f" {key} "}) for key in keys(leaf)))


def consents() -> Any:
    """Consents in force for marketing by mail, each for the address that its person has now."""
    return Consent.objects.filter(
        purpose="marketing", channel="email", given_at__isnull=False, withdrawn_at=None, person__erased_at=None,
        address=F("person__email"),
    )  # fmt: skip


def _consenting() -> Q:
    return Q(Exists(consents().filter(person=OuterRef("pk"))))


def _left_out() -> Q:
    return ~Q(excluded="")


DERIVED: dict[str, Callable[[], Q]] = {"consent": _consenting, "may_mail": permitted, "excluded": _left_out}
"""Truths that no column of a person holds, as conditions on people."""


def _present(field: Field) -> Q:
    there = Q(**{f"{field.path}__isnull": False})
    return there & ~Q(**{field.path: ""}) if field.type in (Type.TEXT, Type.CODE, Type.GRADE) else there


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
