"""The playbook section `journeys`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.channels.mails import Mails
from reif.crm.models import STAGES
from reif.log.fact import kind_of
from reif.nurture.hears import BEGINNINGS
from reif.nurture.journeys import Enter, Journeys, Step, span
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import Section, register
from reif.playbook.shape import instead

NAME = "journeys"
Path = tuple[str | int, ...]


def check_journeys(draft: Draft) -> Iterator[Problem]:
    """Keys once, a beginning that can happen, steps that each do one thing, mails that exist."""
    journeys: Journeys = draft[NAME]
    seen: set[str] = set()
    for number, journey in enumerate(journeys.journey):
        at: Path = ("journey", number)
        if journey.key in seen:
            sentence = _("Two journeys are called “%(key)s”.") % {"key": journey.key}
            yield draft.problem(NAME, (*at, "key"), sentence, _("Give one of them another key."))
        seen.add(journey.key)
        yield from _enter(draft, journey.enter, (*at, "enter"))
        if not journey.steps:
            yield draft.problem(NAME, at, _("The journey “%(key)s” has no steps.") % {"key": journey.key})
        yield from _steps(draft, journey.steps, (*at, "steps"))


def _enter(draft: Draft, enter: Enter, at: Path) -> Iterator[Problem]:
    kinds = sorted(kind_of(kind) for kind in BEGINNINGS)
    if bool(enter.stage) == bool(enter.event):
        yield draft.problem(NAME, at, _("A journey begins with a stage or with an event."), _("Give one of them."))
    elif enter.stage and enter.stage not in STAGES:
        sentence = _("There is no stage “%(stage)s”.") % {"stage": enter.stage}
        yield draft.problem(NAME, (*at, "stage"), sentence, instead(enter.stage, STAGES))
    elif enter.event and enter.event not in kinds:
        sentence = _("No journey can begin with “%(event)s”.") % {"event": enter.event}
        yield draft.problem(NAME, (*at, "event"), sentence, instead(enter.event, kinds))


def _steps(draft: Draft, steps: list[Step], at: Path) -> Iterator[Problem]:
    for number, step in enumerate(steps):
        here = (*at, number)
        yield from _step(draft, step, here)
        yield from _steps(draft, step.yes, (*here, "yes"))
        yield from _steps(draft, step.no, (*here, "no"))


def _step(draft: Draft, step: Step, at: Path) -> Iterator[Problem]:
    mails: Mails = draft["mails"]
    if len(step.kinds) != 1:
        sentence = _("A step does exactly one thing.")
        yield draft.problem(NAME, at, sentence, _("One of wait, mail, branch, split, holdout, end."))
    elif step.wait and span(step.wait) is None:
        sentence = _("“%(wait)s” is no length of time.") % {"wait": step.wait}
        yield draft.problem(NAME, (*at, "wait"), sentence, _("Write 3d, 12h, 30m or 2w."))
    elif step.mail and step.mail not in {mail.key for mail in mails.mail}:
        sentence = _("There is no mail “%(mail)s”.") % {"mail": step.mail}
        yield draft.problem(NAME, (*at, "mail"), sentence, instead(step.mail, [mail.key for mail in mails.mail]))
    elif not 0 <= step.split <= 99 or not 0 <= step.holdout <= 50:
        yield draft.problem(NAME, at, _("A split takes 1 to 99 percent, a holdout 1 to 50."))
    elif (step.yes or step.no) and step.kind not in ("branch", "split"):
        yield draft.problem(NAME, at, _("Only a branch and a split have two ways."), _("Remove “yes” and “no”."))


register(Section(NAME, Journeys, gettext_lazy("Journeys"), check_journeys))
