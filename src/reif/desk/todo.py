"""What each role does next: sentences with a number and the page where it is done. A cheap count for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.close.asked import Asked, shown
from reif.crm.models import Activity, Consent, Person
from reif.desk.links import people_whose
from reif.kit.clock import now
from reif.log.models import Effect, Event, Stuck
from reif.route.models import Assignment, Waiting
from reif.staff.models import Role, User

RIPE = 50
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Todo:
    """One line of the list: its picture, how urgent it is, what to do, and where."""

    icon: str
    tone: str
    words: str
    href: str


def todo(user: User) -> list[Todo]:
    """What waits for this user, the most urgent first; nothing that is zero."""
    found = _ASKED[Role(user.role)](user)
    return [line for line in found if line]


def _selling(user: User) -> list[Todo | None]:
    return [*_offers(user), *_steps(user), _still(user)]


def _managing(user: User) -> list[Todo | None]:
    lost = Waiting.objects.filter(rest_until=None).count()
    words = ngettext("%(n)s person found no seller", "%(n)s people found no seller", lost)
    return [*_offers(user), _line("user-x", "bad", words, lost, reverse("route:inbox")), *_steps(user), _still(user)]


def _marketing(user: User) -> list[Todo | None]:
    people = Person.objects.living()
    near = people.filter(stage="mql", score__gte=RIPE).count()
    asked = Consent.objects.filter(given_at=None, withdrawn_at=None, requested_at__gte=now() - 2 * WEEK).count()
    return [
        _line(
            "flame", "accent",
            ngettext("%(n)s MQL has 50 points or more: see what is missing",
                     "%(n)s MQLs have 50 points or more: see what is missing", near),
            near, people_whose({"stage": "mql"}, field="score", op=">=", value=RIPE),
        ),
        _back(),
        _line(
            "mail-question-mark", "info",
            ngettext("%(n)s person has not confirmed the address yet",
                     "%(n)s people have not confirmed the address yet", asked),
            asked, people_whose(field="did", kind="consent.requested", at_least=1, within=14),
        ),
        _failed(),
    ]  # fmt: skip


def _running(user: User) -> list[Todo | None]:
    stuck = Stuck.objects.filter(done_at=None).count()
    words = ngettext("%(n)s event is stuck: read the error", "%(n)s events are stuck: read the errors", stuck)
    return [_line("circle-alert", "bad", words, stuck, reverse("desk:stuck")), _failed(), *_managing(user)]


def _analysing(user: User) -> list[Todo | None]:
    return [
        Todo("funnel", "info", _("Compare the conversions of 90 days with those before"), reverse("analyse:funnel"))
    ]


def _offers(user: User) -> list[Todo | None]:
    offers = Assignment.objects.offered()
    offers = offers.filter(owner=user) if user.role == Role.SELLER else offers
    late = offers.filter(due_at__lt=now()).count()
    n = offers.count() - late
    words = ngettext("%(n)s person should have had an answer", "%(n)s people should have had an answer", late)
    waits = ngettext("%(n)s person waits for an answer", "%(n)s people wait for an answer", n)
    return [
        _line("alarm-clock-off", "bad", words, late, reverse("route:inbox")),
        _line("inbox", "accent", waits, n, reverse("route:inbox")),
    ]


def _steps(user: User) -> list[Todo | None]:
    moment = now()
    planned = Activity.objects.planned().filter(owner=user)
    late = planned.filter(due_at__lt=moment).count()
    tomorrow = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    today = planned.filter(due_at__gte=moment, due_at__lt=tomorrow).count()
    overdue = ngettext("%(n)s planned step is overdue", "%(n)s planned steps are overdue", late)
    words = ngettext("%(n)s step is planned for today", "%(n)s steps are planned for today", today)
    return [
        _line("calendar-x", "bad", overdue, late, reverse("close:activities")),
        _line("calendar-check", "info", words, today, reverse("close:activities")),
    ]


def _still(user: User) -> Todo | None:
    n = shown(user, Asked.of(user, {"next": "none"})).count()
    words = ngettext("%(n)s open deal has no next step", "%(n)s open deals have no next step", n)
    return _line("handshake", "warn", words, n, f"{reverse('close:board')}?next=none")


def _back() -> Todo | None:
    back = Event.objects.filter(kind="assignment.rejected", at__gte=now() - WEEK).values("person_id").distinct().count()
    words = ngettext(
        "%(n)s person came back from sales this week: read why",
        "%(n)s people came back from sales this week: read why", back,
    )  # fmt: skip
    return _line(
        "undo-2", "warn", words, back, people_whose(field="did", kind="assignment.rejected", at_least=1, within=7)
    )


def _failed() -> Todo | None:
    n = Effect.objects.filter(state=Effect.FAILED, done_at__gte=now() - WEEK).count()
    words = ngettext("%(n)s mail failed this week", "%(n)s mails failed this week", n)
    return _line("mail-x", "warn", words, n, reverse("channels:mailbox"))


def _line(icon: str, tone: str, words: str, n: int, href: str) -> Todo | None:
    return Todo(icon, tone, words % {"n": n}, href) if n else None


_ASKED = {
    Role.SELLER: _selling,
    Role.MANAGER: _managing,
    Role.MARKETING: _marketing,
    Role.ADMIN: _running,
    Role.ANALYST: _analysing,
}
