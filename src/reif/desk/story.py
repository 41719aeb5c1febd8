"""Events as sentences: what a person reads in a timeline, with an icon, a tone and what it was about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.desk.icons import ICONS
from reif.desk.sentences import sentence
from reif.desk.titles import Titles
from reif.log.models import Event

FOLDED = {"page.viewed", "page.left", "mail.opened", "link.followed"}


@dataclass
class Moment:
    """One line of a timeline. `folded`: the events of the same kind that stand behind it."""

    id: int
    at: datetime
    kind: str
    icon: str
    tone: str
    words: str
    more: str = ""
    actor: str = ""
    machine: bool = False
    folded: list[Moment] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """The moments of one day, newest first."""

    day: date
    label: str
    moments: list[Moment]


def tell(events: Iterable[Event]) -> list[Moment]:
    """Sentences for events, in their order, in the active language. A look-up for each sort of thing, whatever the number."""
    rows = [e for e in events if e.kind in ICONS]
    titles = Titles.of(rows)
    return [_moment(event, titles) for event in rows]


def days(moments: list[Moment]) -> list[Day]:
    """Group by day and fold bursts of the same kind (“7 page views”)."""
    grouped: dict[date, list[Moment]] = {}
    for moment in moments:
        grouped.setdefault(timezone.localtime(moment.at).date(), []).append(moment)
    return [Day(day, _label(day), _fold(rows)) for day, rows in grouped.items()]


def _moment(event: Event, titles: Titles) -> Moment:
    icon, tone = ICONS[event.kind]
    words, more = sentence(event, titles)
    machine = bool(event.body.get("machine"))
    return Moment(
        event.id, event.at, event.kind, "bot" if machine else icon, "plain" if machine else tone, words,
        _said(event) or (more if more not in words else ""), titles.staff.get(event.actor_id or 0, ""), machine,
    )  # fmt: skip


def _said(event: Event) -> str:
    words: Any = getattr(event, "words", None)
    return str(words.body)[:300] if words and event.kind != "event.tracked" else ""


def _fold(moments: list[Moment]) -> list[Moment]:
    folded: list[Moment] = []
    for moment in moments:
        last = folded[-1] if folded else None
        if moment.kind == "visit.began" and last and last.kind == "page.viewed":
            _close(last, moment)
        elif last and moment.kind in FOLDED and last.kind == moment.kind and last.machine == moment.machine:
            last.folded = last.folded or [_copy(last)]
            last.folded.append(moment)
            last.words = _burst(moment.kind, len(last.folded))
            last.more = ""
        else:
            folded.append(moment)
    return folded


def _close(burst: Moment, began: Moment) -> None:
    """The pages since a visit began become one line: the visit. What was seen before it belongs to an earlier one."""
    n = len(burst.folded) or 1
    burst.folded = burst.folded or [_copy(burst)]
    burst.kind, burst.icon = began.kind, began.icon
    burst.words = ngettext("Visit: %(n)d page", "Visit: %(n)d pages", n) % {"n": n}
    burst.more = began.words


def _copy(moment: Moment) -> Moment:
    return Moment(moment.id, moment.at, moment.kind, moment.icon, moment.tone, moment.words, moment.more)


def _burst(kind: str, n: int) -> str:
    if kind == "page.viewed":
        return ngettext("%(n)d page view", "%(n)d page views", n) % {"n": n}
    if kind == "mail.opened":
        return ngettext("%(n)d opening of a mail", "%(n)d openings of mails", n) % {"n": n}
    return ngettext("%(n)d more visit event", "%(n)d more visit events", n) % {"n": n}


def _label(day: date) -> str:
    today = timezone.localdate()
    gone = (today - day).days
    return _("Today") if gone == 0 else _("Yesterday") if gone == 1 else ""
