"""Everybody who was looked at for a hand-over, with why they were or were not taken, in words."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reif.route.models import Assignment
from reif.route.pick import AWAY, CHOSEN, FULL, HAD_IT, NOT_YET, OFF_DUTY
from reif.staff.models import User

WHY: dict[str, Promise | str] = {
    CHOSEN: _("taken"),
    NOT_YET: _("had their share, is next"),
    AWAY: _("away"),
    OFF_DUTY: _("not at work at that time"),
    FULL: _("has no room"),
    HAD_IT: _("did not answer before"),
}


class Candidate(NamedTuple):
    """open, capacity: people in hand then, and how many are possible; None when nobody asked."""

    user: User
    why: str
    taken: bool
    open: int | None
    capacity: int | None


def candidates(assignment: Assignment) -> list[Candidate]:
    """The chosen one first. One query."""
    rows = {int(row["user"]): row for row in assignment.candidates}
    users = User.objects.in_bulk(list(rows))
    found = [
        Candidate(
            users[i], str(WHY.get(row["why"], row["why"])), row["why"] == CHOSEN, row.get("open"), row.get("capacity")
        )
        for i, row in rows.items()
        if i in users
    ]
    return sorted(found, key=lambda c: (not c.taken, c.user.name))
