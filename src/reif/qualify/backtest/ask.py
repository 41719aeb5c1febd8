"""Ask for a back-test, which then runs in the background."""

from __future__ import annotations

from datetime import date
from typing import Any

from reif.kit.clock import now
from reif.log.waking import knock
from reif.playbook.draft import Draft
from reif.playbook.plain import canonical, hash_of
from reif.qualify.backtest.record import Trial
from reif.staff.models import User

SECTIONS = ("scoring", "stages")


def ask(draft: Draft, words: str, by: User | None, since: date | None = None, until: date | None = None,
        model: str = "") -> Trial:  # fmt: skip
    """Of a draft that was checked. words: what it is called."""
    said = {name: value for name, value in draft.plain().items() if name in SECTIONS}
    trial = Trial.objects.create(
        asked_by=by, asked_at=now(), words=words[:200], said=said, digest=digest(said), since=since, until=until,
        model=model,
    )  # fmt: skip
    knock()
    return trial


def stop(trial: Trial) -> None:
    """Whoever runs it notices at the next step."""
    Trial.objects.filter(pk=trial.pk, state__in=(Trial.State.WAITING, Trial.State.RUNNING)).update(
        state=Trial.State.STOPPED
    )


def digest(said: dict[str, Any]) -> str:
    """The same for two drafts that say the same about scoring and stages."""
    return hash_of(canonical({name: said[name] for name in SECTIONS if name in said}))
