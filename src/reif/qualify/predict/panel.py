"""The chances on the person page: how likely, why, and who said otherwise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from reif.crm.models import Person
from reif.kit.clock import now
from reif.qualify.predict.features import Facts, facts_now_for
from reif.qualify.predict.foresee import chances, in_force
from reif.qualify.predict.keep import Ready
from reif.qualify.predict.reasons import reasons
from reif.qualify.predict.records import Prediction
from reif.staff.models import Role, User

WRITERS = frozenset({Role.ADMIN, Role.MARKETING, Role.MANAGER, Role.SELLER})


def draw_chances(request: HttpRequest, person: Person) -> str:
    """For the side of the person page; nothing while nothing is foreseen."""
    shown = outlooks(person)
    context = {"person": person, "outlooks": shown, "may_set": getattr(request.user, "role", "") in WRITERS}
    return render_to_string("qualify/_chances.html", context, request) if shown else ""


def outlooks(person: Person) -> list[dict[str, Any]]:
    """One for each model in force, and for each number set by hand: as things are at this moment."""
    rows = {p.outcome: p for p in Prediction.objects.filter(person=person)}
    names = {u.pk: u.name for u in User.objects.filter(pk__in=[p.set_by for p in rows.values() if p.set_by])}
    found, models = [], in_force()
    facts = facts_now_for([person.pk], now(), [model.shape for model in models]) if models else []
    for model, told in zip(models, facts, strict=True):
        said = _asked(model, told, person)
        row = rows.get(model.row.outcome)
        if said:
            found.append(said | {"outcome": model.row.outcome, "days": model.row.days, "row": row,
                                 "by": names.get(row.set_by or 0, "") if row else ""})  # fmt: skip
    return found


def _asked(model: Ready, facts: Facts, person: Person) -> dict[str, Any] | None:
    chance = chances(model, facts).get(person.pk)
    if chance is None:
        return None
    pro, contra = reasons(model, facts, 0, get_language() or "de")
    return {"percent": round(100 * chance), "pro": pro, "contra": contra}
