"""How forms do: seen, begun, sent; where people leave; by day, page, variant and source. Sums alone, nobody in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Sum
from django.utils.formats import date_format

from reif.capture.forms.form_file import Form
from reif.capture.models import FormCount, Quarantined, Submission
from reif.staff.period import Period


@dataclass(frozen=True)
class Sums:
    """One form in a period."""

    views: int = 0
    starts: int = 0
    sent: int = 0

    @property
    def rate(self) -> int | None:
        """Sent per view, in percent; None when nobody saw it."""
        return round(100 * min(self.sent, self.views) / self.views) if self.views else None

    @property
    def shown(self) -> int:
        """Begun, at least as often as sent: some begin without being counted."""
        return max(self.starts, self.sent)


@dataclass(frozen=True)
class Leaving:
    """One question: how many stopped there, and how many were told that something is wrong."""

    label: str
    left: int
    wrong: int
    share: int


def sums(period: Period) -> dict[str, Sums]:
    """By slug."""
    rows = FormCount.objects.filter(day__range=(period.first, period.last), what__in=("view", "start", "sent"))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for form, what, number in rows.values_list("form", "what").annotate(number=Sum("number")):
        found[form][what] = number
    return {form: Sums(n.get("view", 0), n.get("start", 0), n.get("sent", 0)) for form, n in found.items()}


def waiting() -> dict[str, int]:
    """How many are set aside and wait for a decision, by slug."""
    rows = Quarantined.objects.filter(decided_at=None).values_list("form").annotate(number=Count("id"))
    return dict(rows)


def leaving(form: Form, period: Period, language: str) -> list[Leaving]:
    """Each question of the form in its order. share: of all that left."""
    rows = FormCount.objects.filter(form=form.slug, day__range=(period.first, period.last), what__in=("left", "wrong"))
    counted: dict[tuple[str, str], int] = {}
    for what, field, number in rows.values_list("what", "field").annotate(number=Sum("number")):
        counted[what, field] = number
    whole = sum(n for (what, _field), n in counted.items() if what == "left")
    names = [(f.name, f.label.in_(language) or f.name) for f in form.questions if f.type != "hidden"]
    names += [(f"consent_{n}", c.text.in_(language)) for n, c in enumerate(form.consents)]
    return [
        Leaving(label, left := counted.get(("left", name), 0), counted.get(("wrong", name), 0),
                round(100 * left / whole) if whole else 0)
        for name, label in names
    ]  # fmt: skip


def by_day(form: str, period: Period) -> dict[str, Any]:
    """The series of the chart: views and sent, by day or, in long periods, by week."""
    rows = FormCount.objects.filter(form=form, day__range=(period.first, period.last), what__in=("view", "sent"))
    days = (period.last - period.first).days + 1
    step = 1 if days <= 45 else 7
    buckets = -(-days // step)
    series = {"view": [0] * buckets, "sent": [0] * buckets}
    for what, day, number in rows.values_list("what", "day").annotate(number=Sum("number")):
        series[what][(day - period.first).days // step] += number
    starts = [period.first.fromordinal(period.first.toordinal() + n * step) for n in range(buckets)]
    return {"x": [date_format(day, "j. M") for day in starts], "series": series}


def by_place(form: str, period: Period, what: str) -> list[tuple[str, Sums]]:
    """what: path or variant; the ten with the most views."""
    rows = FormCount.objects.filter(form=form, day__range=(period.first, period.last)).exclude(**{what: ""})
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for place, kind, number in rows.values_list(what, "what").annotate(number=Sum("number")):
        found[place][kind] = number
    told = [(place, Sums(n.get("view", 0), n.get("start", 0), n.get("sent", 0))) for place, n in found.items()]
    return sorted(told, key=lambda line: (-line[1].views, -line[1].sent, line[0]))[:10]


def by_source(form: str, period: Period) -> list[tuple[str, int]]:
    """Where those came from who sent it."""
    rows = Submission.objects.filter(form=form, at__gte=period.since, at__lt=period.until)
    return list(rows.values_list("source").annotate(number=Count("id")).order_by("-number", "source")[:10])


def last_sent() -> dict[str, Any]:
    """The moment of the newest submission of each form."""
    return dict(Submission.objects.values_list("form").annotate(moment=Max("at")))
