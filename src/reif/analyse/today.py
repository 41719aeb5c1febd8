"""The numbers of the day for the first page: new leads, MQL, SQL, answers in time, won deals. Three queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reif.analyse.templatetags.funnel import signed_percent
from reif.crm.models import Deal, Person, StageSpell
from reif.kit.clock import now
from reif.log.models import Event
from reif.staff.models import Role, User

DAYS = 14
WEEK = 7
SLA_DAYS = 30
STAGES: dict[str, str | Promise] = {
    "lead": gettext_lazy("New leads"),
    "mql": gettext_lazy("Became MQL"),
    "sql": gettext_lazy("Became SQL"),
}


@dataclass(frozen=True)
class Number:
    """One figure of the first page, in the shape of the component `stat`.

    points: the value of each of the last 14 days, oldest first. tone: of the delta.
    """

    key: str
    label: str
    value: str
    hint: str = ""
    delta: str = ""
    tone: str = "plain"
    href: str = ""
    points: tuple[int, ...] = ()


def numbers(user: User) -> list[Number]:
    """What this user may see of the last days, in three queries."""
    today = timezone.localdate(now())
    entered = _entered(user, today)
    return [*(_stage(key, entered[key], today) for key in STAGES), _on_time(user), _won(user, today)]


def _entered(user: User, today: date) -> dict[str, dict[date, int]]:
    """People by stage and day of entering it; recycles are not news."""
    since = _midnight(today - timedelta(days=DAYS - 1))
    spells = StageSpell.objects.filter(stage__in=STAGES, entered_at__gte=since, recycled=False)
    if user.role == Role.SELLER:
        spells = spells.filter(person__in=Person.objects.visible_to(user))
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    by_day = spells.order_by().annotate(day=TruncDate("entered_at")).values_list("stage", "day")
    for stage, day, people in by_day.annotate(people=Count("person", distinct=True)):
        counts[stage][day] = people
    return counts


def _stage(key: str, by_day: dict[date, int], today: date) -> Number:
    points = tuple(by_day.get(today - timedelta(days=DAYS - 1 - i), 0) for i in range(DAYS))
    week, before = sum(points[-WEEK:]), sum(points[:-WEEK])
    return Number(
        key, str(STAGES[key]), number_format(week, force_grouping=True),
        hint=_("in 7 days, %(n)s today") % {"n": number_format(points[-1], force_grouping=True)},
        delta=_change(week, before), tone="good" if week >= before else "bad",
        href=f"/people?{urlencode({'stage': key})}", points=points,
    )  # fmt: skip


def _change(now_: int, before: int) -> str:
    """«+12 %» against the time before; nothing when there was nothing to compare with."""
    if not before or now_ == before:
        return ""
    return signed_percent((now_ - before) / before * 100)


def _on_time(user: User) -> Number:
    """How many of the hand-overs that came due in 30 days were answered in time."""
    said = Event.objects.filter(kind__in=("sla.met", "sla.breached"), at__gte=now() - timedelta(days=SLA_DAYS))
    if user.role == Role.SELLER:
        said = said.filter(person_id__in=Person.objects.visible_to(user).values("id"))
    met = Q(kind="sla.met")
    counts = said.aggregate(met=Count("id", filter=met), late=Count("id", filter=~met))
    due = counts["met"] + counts["late"]
    share = f"{number_format(counts['met'] / due * 100, 0)}\u202f%" if due else "–"
    hint = _("%(met)s of %(due)s in 30 days") % {"met": counts["met"], "due": due} if due else _("nothing came due yet")
    return Number("sla", _("Answered in time"), share, hint=hint, href="/inbox")


def _won(user: User, today: date) -> Number:
    """Deals won since the first of the month, by currency, the largest first."""
    since = _midnight(today.replace(day=1))
    won = Deal.objects.visible_to(user).filter(won_at__gte=since).order_by().values_list("currency")
    sums = sorted(won.annotate(sum=Sum("cents"), n=Count("id")), key=lambda row: -row[1])
    value = ", ".join(
        f"{currency}\u00a0{number_format(cents // 100, force_grouping=True)}" for currency, cents, _n in sums
    )
    deals = sum(row[2] for row in sums)
    hint = ngettext("%(n)s deal this month", "%(n)s deals this month", deals) % {"n": deals}
    return Number("won", _("Won"), value or "–", hint=hint, href="/deals")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
