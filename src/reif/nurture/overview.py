"""A journey in words and numbers: who is where, and what became of each mail."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from reif.channels.email.liquid import with_gaps
from reif.channels.models import Message
from reif.nurture.graph import Named, named_steps
from reif.nurture.journeys import Journey
from reif.nurture.models import Enrollment, EnrollmentStep
from reif.playbook.current import current
from reif.rules.words import say


class Figures(NamedTuple):
    """People: began, on the way, reached the goal. Mails: sent, opened and clicked by humans."""

    entered: int = 0
    active: int = 0
    goals: int = 0
    sent: int = 0
    opened: int = 0
    clicked: int = 0


@dataclass(frozen=True)
class Line:
    """One step of the outline. counts: pairs of word and number; depth: inside how many ways of branches."""

    id: str
    kind: str
    words: str
    depth: int
    way: str = ""
    counts: list[tuple[str, int]] = field(default_factory=list)


def figures() -> dict[str, Figures]:
    """For every journey by key, in two queries."""
    rows = Enrollment.objects.order_by().values_list("journey")
    people = rows.annotate(n=Count("id"), now=Count("id", filter=Q(state=Enrollment.ACTIVE)), goals=Count("goal_at"))
    mails: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for origin, *numbers in _mails():
        mails[origin.partition("/")[0]] = [a + b for a, b in zip(mails[origin.partition("/")[0]], numbers, strict=True)]
    return {key: Figures(n, active, goals, *mails[key]) for key, n, active, goals in people}


def _mails() -> list[tuple[str, int, int, int]]:
    rows = Message.objects.exclude(origin="").order_by().values_list("origin")
    return list(rows.annotate(sent=Count("sent_at"), opened=Count("opened_at"), clicked=Count("clicked_at")))


def outline(journey: Journey, language: str) -> list[Line]:
    """Every step in order with its numbers, in three queries."""
    here = _waiting(journey.key)
    passed = _passed(journey.key)
    mails = {origin.partition("/")[2]: rest for origin, *rest in _mails() if origin.startswith(f"{journey.key}/")}
    return list(_lines(named_steps(journey), language, 0, "", (here, passed, mails)))


def _waiting(key: str) -> dict[str, int]:
    """People by the last step they took: a wait that nobody has left yet."""
    last = EnrollmentStep.objects.filter(
        enrollment__journey=key, enrollment__state=Enrollment.ACTIVE, seq=F("enrollment__seq")
    )
    return dict(last.order_by().values_list("node").annotate(n=Count("id")))


def _passed(key: str) -> dict[str, dict[str, int]]:
    steps = EnrollmentStep.objects.filter(enrollment__journey=key).order_by().values_list("node", "outcome")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for node, outcome, n in steps.annotate(n=Count("id")):
        found[node][outcome] = n
    return found


Numbers = tuple[dict[str, int], dict[str, dict[str, int]], dict[str, list[int]]]


def _lines(steps: list[Named], language: str, depth: int, way: str, numbers: Numbers) -> list[Line]:
    lines: list[Line] = []
    for one in steps:
        lines.append(Line(one.id, one.step.kind, words(one, language), depth, way, _counts(one, numbers)))
        lines += _lines(one.yes, language, depth + 1, _("yes"), numbers)
        lines += _lines(one.no, language, depth + 1, _("no"), numbers)
    return lines


def _counts(one: Named, numbers: Numbers) -> list[tuple[str, int]]:
    here, passed, mails = numbers
    counts = [(_("here now"), here.get(one.id, 0))] if one.step.kind == "wait" else []
    if one.step.kind == "mail":
        sent, opened, clicked = mails.get(one.id, [0, 0, 0])
        counts += [(_("sent"), sent), (_("opened"), opened), (_("clicked"), clicked)]
    if one.step.kind in ("branch", "split"):
        went = passed.get(one.id, {})
        counts += [(_("yes"), went.get("yes", 0)), (_("no"), went.get("no", 0))]
    return counts


def words(one: Named, language: str) -> str:
    """What a step does, in a few words."""
    step = one.step
    named = step.words.in_(language)
    if step.kind == "wait":
        said = _("Wait %(span)s") % {"span": _span(step.wait)}
        said = _("%(said)s, then in the morning") % {"said": said} if step.morning else said
        return f"{named} · {said}" if named else said
    if step.kind == "branch" and step.branch is not None:
        return named or say(step.branch, language)
    if step.kind == "mail":
        return named or _("Mail “%(mail)s”") % {"mail": _subject(step.mail, language)}
    percent = {"split": _("%(n)s percent go “yes”"), "holdout": _("%(n)s percent get nothing, for comparison")}
    return named or (percent[step.kind] % {"n": step.split or step.holdout} if step.kind in percent else _("End"))


def _subject(key: str, language: str) -> str:
    """What the playbook in force calls a mail; its variables are gaps."""
    found = next((mail for mail in current("mails").mail if mail.key == key), None)
    return with_gaps(found.subject.in_(language)) if found else key


def _span(text: str) -> str:
    units = {"m": _("minutes"), "h": _("hours"), "d": _("days"), "w": _("weeks")}
    return f"{text[:-1].strip()} {units.get(text[-1:], '')}"
