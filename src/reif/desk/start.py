"""The way from an empty house to its first person, for those who can walk it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from reif.attract.models import LandingPage
from reif.playbook.models import Active
from reif.staff.models import Role, User


@dataclass(frozen=True)
class Step:
    """One thing to set up, whether it is done, and where."""

    words: str
    how: str
    href: str
    done: bool = False


def start(user: User) -> list[Step]:
    """Three steps for administrators and marketing; the others wait for them."""
    if user.role not in (Role.ADMIN, Role.MARKETING):
        return []
    playbook = Active.objects.filter(activation__isnull=False).exists()
    pages = LandingPage.objects.published().exists()
    return [
        Step(
            _("Put ways of working in force"), _("Scoring, stages, routing and mails are files: reif playbook apply"),
            reverse("playbook:playbook"), playbook,
        ),
        Step(
            _("Publish a page with a form"), _("Its form makes visitors people, with their consent"),
            reverse("attract:content"), pages,
        ),
        Step(
            _("Send the form yourself"), _("You appear here a second later, with everything you did"),
            reverse("desk:people"),
        ),
    ]  # fmt: skip
