"""Throw away what nobody finished or looked at, and forget people who asked for it.

Hears timer.fired of capture.purge and person.erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reif.capture.forms.quarantine import drop_old
from reif.capture.forms.uploads import sweep, throw_away
from reif.capture.models import Quarantined, Submission, Upload
from reif.kit.clock import now
from reif.log.catalogue.people import PersonErased
from reif.log.event import Event


def tidy(events: Sequence[Event[Any]]) -> None:
    """Files of forms that were not sent, after a day; forms set aside, after thirty."""
    sweep()
    drop_old(now())


def forget_answers(events: Sequence[Event[PersonErased]]) -> None:
    """What was entered and handed in goes; that a form came, when and from which source stays as a number."""
    people = [e.person for e in events]
    throw_away(list(Upload.objects.filter(submission__person__in=people)))
    rows = Submission.objects.filter(person__in=people)
    Quarantined.objects.filter(submission__in=rows).delete()
    rows.update(data={}, legal={}, url="", referrer="", ip=None, agent="", content="", visitor=None)
