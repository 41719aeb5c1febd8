"""Count a download, once for each person, file and day.

Says content.downloaded.
"""

from __future__ import annotations

from django.utils import timezone

from reif.capture.models import Download, Submission
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import ContentDownloaded
from reif.log.models import Event


def note_download(submission: Submission, asset: str) -> bool:
    """True when it counts: the first today."""
    if submission.person_id is None:
        return False
    today = timezone.localdate(now())
    with writing():
        _row, new = Download.objects.get_or_create(person_id=submission.person_id, asset=asset, on=today)
        if new:
            append(
                ContentDownloaded(
                    person=submission.person_id, visitor=submission.visitor_id, topic=asset, cause=_cause(submission)
                )
            )
    return new


def _cause(submission: Submission) -> int | None:
    """The confirmation that opened it, else the form."""
    kinds = ("consent.given", "form.submitted")
    events = Event.objects.filter(person_id=submission.person_id, kind__in=kinds).order_by("-kind", "-id")
    found = list(events.values_list("kind", "id"))
    given = [number for kind, number in found if kind == "consent.given"]
    return given[0] if given else found[0][1] if found else None
