"""A back-test in lines of text, for the command."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reif.qualify.backtest.comparison import Comparison, Reached, Replayed


def told(found: Comparison) -> Iterator[str]:
    """The figures that matter, what is in force beside the draft."""
    yield _("%(people)s people from %(since)s to %(until)s; %(accepted)s were accepted by sales, %(won)s won.") % {
        "people": found.people, "since": found.since, "until": found.until, "accepted": found.accepted, "won": found.won,
    }  # fmt: skip
    yield ""
    yield _row("", _("in force"), _("draft"))
    yield from _stages(found)
    yield from _scores(found)
    yield ""
    yield from _weeks(found)
    for change in found.changes:
        asked = {"stage": change.stage.upper(), "enter": change.enter, "leave": change.leave}
        yield _("%(stage)s: %(enter)s people would enter, %(leave)s would leave.") % asked
    if found.draft.grades:
        yield ""
        yield from _grades(found.draft)
    yield ""
    yield _("%(events)s events replayed in %(seconds)s s.") % {"events": found.events, "seconds": found.seconds}


def _stages(found: Comparison) -> Iterator[str]:
    both = (found.current, found.draft)
    for stage in ("mql", "sql"):
        yield _row(stage.upper(), *(str(one.total(stage)) for one in both))
        yield _row(f"  {_('lost again')}", *(str(one.total(f"{stage}_lost")) for one in both))
        yield _row(f"  {_('there at the end')}", *(str(one.standing.get(stage, "–")) for one in both))
        for outcome, words in (("accepted", _("accepted")), ("won", _("won"))):
            measured = [one.of(stage, outcome) for one in both]
            yield _row(f"  {words}: {_('precision')}", *(_share(m, "precision") for m in measured))
            yield _row(f"  {words}: {_('recall')}", *(_share(m, "recall") for m in measured))


def _scores(found: Comparison) -> Iterator[str]:
    both = (found.current, found.draft)
    for outcome, words in (("accepted", _("accepted")), ("won", _("won"))):
        tops = [one.deciles[outcome][0].lift if one.deciles[outcome] else None for one in both]
        yield _row(_("Lift of the top tenth, %(outcome)s") % {"outcome": words}, *map(_figure, tops))
        yield _row(_("AUC, %(outcome)s") % {"outcome": words}, *(_figure(one.auc[outcome]) for one in both))


def _weeks(found: Comparison) -> Iterator[str]:
    weeks = max(len(found.draft.weeks), 1)
    most = max((week.sql for week in found.draft.weeks), default=0)
    yield _("SQL a week: %(mean)s on average, %(most)s at most; sellers can take %(capacity)s.") % {
        "mean": f"{found.draft.total('sql') / weeks:.1f}", "most": most, "capacity": found.capacity.week,
    }  # fmt: skip


def _grades(replayed: Replayed) -> Iterator[str]:
    yield f"{_('Grade'):<8}{_('People'):>10}{_('accepted'):>12}{_('won'):>12}{_('Days to win'):>16}"
    for line in replayed.grades:
        days = "–" if line.days is None else f"{line.days:.0f}"
        yield f"{line.grade:<8}{line.people:>10}{line.accepted:>12}{line.won:>12}{days:>16}"


def _row(words: str, *cells: str) -> str:
    return f"{words:<38}" + "".join(f"{cell:>12}" for cell in cells)


def _share(measured: Reached, which: str) -> str:
    share = getattr(measured, which)
    return "–" if share is None else f"{100 * share:.1f} %"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
