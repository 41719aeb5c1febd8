"""What to do with an event that a listener could not take."""

from __future__ import annotations

import traceback

from django.db.models import F

from reif.kit.clock import now
from reif.log.append import writing
from reif.log.hear import load
from reif.log.listen import rehear
from reif.log.models import Stuck


def retry(stuck: list[Stuck], by: int | None = None) -> list[Stuck]:
    """Hand each event to its listener again; those that fail again stay, with the new error. Returns the mended."""
    mended = []
    for one in stuck:
        try:
            with writing():
                rehear(load()[one.listener], [one.event])
                Stuck.objects.filter(pk=one.pk).update(done_at=now(), done_by_id=by)
            mended.append(one)
        except Exception as error:
            words = "".join(traceback.format_exception(error, limit=-8))
            Stuck.objects.filter(pk=one.pk).update(error=words, tries=F("tries") + 1)
    return mended


def let_go(stuck: list[Stuck], by: int) -> None:
    """Give up on these events for their listeners; the log keeps them."""
    Stuck.objects.filter(pk__in=[s.pk for s in stuck]).update(done_at=now(), done_by_id=by, let_go=True)
