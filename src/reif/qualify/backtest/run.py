"""Run the back-tests that were asked for, one after the other, in a thread of the worker that does nothing else."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import structlog
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from reif.kit.clock import now
from reif.playbook.draft import read_plain
from reif.qualify.backtest.compare import TooLittle, compare
from reif.qualify.backtest.record import Trial
from reif.qualify.suggest.suggest import suggest

CHANNEL = "trials"
SILENT = timedelta(minutes=5)  # whoever ran it is gone
log = structlog.get_logger("reif.qualify")


class Stopped(Exception):
    """Somebody does not want to know any more."""


def drain() -> bool:
    """The oldest that waits. False when none does."""
    trial = _claim()
    if trial is None:
        return False
    with translation.override(trial.asked_by.language if trial.asked_by else "de"):
        _run(trial)
    return True


def _claim() -> Trial | None:
    left = Q(state=Trial.State.WAITING) | Q(state=Trial.State.RUNNING, beat_at__lt=now() - SILENT)
    trial = Trial.objects.filter(left).select_related("asked_by").order_by("id").first()
    if trial is None:
        return None
    mine = Trial.objects.filter(left, pk=trial.pk).update(state=Trial.State.RUNNING, beat_at=now(), part=0)
    return trial if mine else None


def _run(trial: Trial) -> None:
    def say(part: float) -> None:
        if not Trial.objects.filter(pk=trial.pk, state=Trial.State.RUNNING).update(part=part, beat_at=now()):
            raise Stopped

    try:
        found = compare(read_plain(trial.said), trial.since, trial.until, model=trial.model, say=say)
        hints = suggest()
        _end(trial, state=Trial.State.DONE, told=msgspec.to_builtins(found), hints=msgspec.to_builtins(hints), part=1)
    except Stopped:
        return
    except TooLittle as little:
        _end(trial, state=Trial.State.FAILED, sentence=str(little)[:400])
    except Exception:
        log.exception("trial_failed", trial=trial.pk)
        sentence = _("The back-test broke off by a mistake of the software. What went wrong is in the log.")
        _end(trial, state=Trial.State.FAILED, sentence=sentence)


def _end(trial: Trial, **changes: object) -> None:
    Trial.objects.filter(pk=trial.pk, state=Trial.State.RUNNING).update(**changes)
