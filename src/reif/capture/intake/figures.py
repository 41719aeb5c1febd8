"""How connections are doing: leads by day, and a word for the state of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reif.capture.intake.presets import preset_of
from reif.capture.models.intake import Call, Connection
from reif.kit.clock import now

DAYS = 30
SILENT = timedelta(days=14)
STATES: dict[str, tuple[Any, str]] = {
    "works": (_("Running"), "good"), "setup": (_("Set-up is open"), "warn"), "look": (_("Needs a look"), "bad"),
    "first": (_("Waits for its first call"), "info"), "silent": (_("Silent for two weeks"), "warn"),
    "paused": (_("Paused"), "plain"), "removed": (_("Removed"), "plain"),
}  # fmt: skip
TONES = {"taken": "good", "waiting": "info", "failed": "bad", "refused": "warn", "test": "plain", "ignored": "plain"}


@dataclass
class Standing:
    """One connection with its last thirty days. counts: by state."""

    connection: Connection
    days: list[date]
    taken: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    by_state: dict[str, list[int]] = field(default_factory=dict)
    last: datetime | None = None

    @property
    def leads(self) -> int:
        return self.counts.get("taken", 0)

    @property
    def trouble(self) -> int:
        return self.counts.get("failed", 0) + self.counts.get("refused", 0)

    @property
    def preset(self) -> Any:
        return preset_of(self.connection.preset, self.connection.kind)

    @property
    def state(self) -> str:
        """A key of STATES."""
        if self.connection.removed_at:
            return "removed"
        if self.connection.paused_at:
            return "paused"
        if self.connection.kind != "mail" and missing(self.connection):
            return "setup"
        if sum(self.by_state.get("failed", [])[-7:]):
            return "look"
        if self.last is None:
            return "first"
        return "silent" if now() - self.last > SILENT else "works"

    @property
    def words(self) -> Any:
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        return STATES[self.state][1]


def standings(connections: Sequence[Connection]) -> list[Standing]:
    """All of them with two queries."""
    today = timezone.localdate(now())
    days = [today - timedelta(days=n) for n in reversed(range(DAYS))]
    places = {day: n for n, day in enumerate(days)}
    found = {c.pk: Standing(c, days) for c in connections}
    since = now() - timedelta(days=DAYS)
    rows = Call.objects.filter(connection__in=found, at__gte=since).annotate(day=TruncDate("at"))
    for pk, state, day, number in (
        rows.values_list("connection", "state", "day").annotate(number=Count("pk")).order_by()
    ):
        one = found[pk]
        one.counts[state] = one.counts.get(state, 0) + number
        if day in places:
            one.by_state.setdefault(state, [0] * DAYS)[places[day]] += number
    last = Call.objects.filter(connection__in=found).order_by().values("connection").annotate(at=Max("at"))
    for pk, at in last.values_list("connection", "at"):
        found[pk].last = at
    for one in found.values():
        one.taken = one.by_state.get("taken", [0] * DAYS)
    return list(found.values())


def missing(connection: Connection) -> list[str]:
    """Names of secrets that are not entered yet."""
    preset, there = preset_of(connection.preset, connection.kind), connection.secrets
    return [name for name in (*preset.ours, *preset.theirs) if not there.get(name)]


def chart(standing: Standing) -> dict[str, Any]:
    """The calls by day and state, as the bars of the page."""
    words = dict(Call.State.choices)
    series = [
        {"name": str(words[state]), "values": values} for state, values in standing.by_state.items() if any(values)
    ]  # fmt: skip
    return {"x": [f"{day:%d.%m.}" for day in standing.days], "series": series, "stacked": True}
