"""Hand-overs, those who wait for one, and whose turn it is."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reif.crm.models import Person
from reif.route.reasons import Fit, Reason
from reif.staff.models import Role, Team, User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Adjectives of hand-overs."""

    def visible_to(self, user: User) -> Self:
        """Sellers see their own and their team's; everybody else sees all."""
        if user.role != Role.SELLER:
            return self
        mine = Q(owner=user)
        return self.filter(mine | Q(owner__team=user.team_id) if user.team_id else mine)

    def offered(self) -> Self:
        """Not answered yet."""
        return self.filter(state=Assignment.State.OFFERED)

    def urgent_first(self) -> Self:
        """Broken promises, then what is due next, then what has no limit."""
        return self.order_by(F("due_at").asc(nulls_last=True), "id")


class Assignment(models.Model):
    """One person offered to one seller. At most one offer is open for a person.

    rule, revision: what decided. reason: the same in words, by language. candidates: everybody who was looked at, with
    the word for why they were or were not taken. event_id: the event that asked for it. round: 1, then one more for
    each re-routing.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        LAPSED = "lapsed", _("Lapsed")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.CharField(max_length=64)
    revision = models.IntegerField(default=0)
    sla = models.CharField(max_length=64, blank=True)
    reason = models.JSONField(default=dict)
    candidates = models.JSONField(default=list)
    event_id = models.BigIntegerField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=16, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reject_reason = models.CharField(max_length=32, blank=True)
    reject_detail = models.CharField(max_length=32, blank=True)
    reject_note = models.TextField(blank=True)
    rest_until = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="offered"), name="route_one_open_offer")
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due_at"], name="route_assignment_owner"),
            models.Index(fields=["state", "due_at"], name="route_assignment_state"),
            models.Index(fields=["person", "-id"], name="route_assignment_person"),
        ]

    @property
    def refusal(self) -> str:
        """Why it was sent back, in words."""
        if not self.reject_reason:
            return ""
        words = str(Reason(self.reject_reason).label)
        return f"{words} ({Fit(self.reject_detail).label})" if self.reject_detail else words

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return in_language(self.reason)


class Waiting(models.Model):
    """Somebody ripe whom nobody could take; the manager sees it, and routing tries again."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="waiting")
    reason = models.CharField(max_length=32)
    rule = models.CharField(max_length=64, blank=True)
    revision = models.IntegerField(default=0)
    event_id = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    rest_until = models.DateField(null=True)


class Turn(models.Model):
    """Whose turn it is among the sellers of one rule: what each is owed, by user id. The sum is nought."""

    key = models.CharField(max_length=64, primary_key=True)
    credits = models.JSONField(default=dict)


def in_language(words: dict[str, str]) -> str:
    """Of {language: words} those in the active language, else German, else any."""
    language = (get_language() or "de")[:2]
    return words.get(language) or words.get("de") or next(iter(words.values()), "")
