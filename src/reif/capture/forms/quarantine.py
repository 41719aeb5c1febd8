"""Set aside what came from a page where a form may not stand, until staff releases it or throws it away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from reif.capture.forms.entry import read
from reif.capture.forms.form_file import Form
from reif.capture.forms.submit import Sent, submit
from reif.capture.models import Quarantined, Submission
from reif.kit.clock import now
from reif.staff.models import User

MOST = 2000
"""Open ones of a form; more are not kept, so that nobody can fill the disk."""
LIFE = timedelta(days=30)
KEPT = ("language", "url", "referrer", "ip", "agent", "variant", "via")


def set_aside(sent: Sent, raw: Mapping[str, Sequence[str]], origin: str, reason: str) -> None:
    """Nothing is made of it. The same content on one day is kept once."""
    names = {f.name for f in sent.form.questions} | {f"consent_{n}" for n in range(len(sent.form.consents))}
    posted = {name: [v[:2000] for v in raw[name]] for name in sorted(names & set(raw))}
    told = json.dumps([sent.form.slug, origin, str(timezone.localdate(now())), posted], ensure_ascii=False)
    if Quarantined.objects.filter(form=sent.form.slug, decided_at=None).count() >= MOST:
        return
    Quarantined.objects.get_or_create(
        content=hashlib.sha256(told.encode()).hexdigest(),
        defaults={
            "form": sent.form.slug, "origin": origin[:255], "reason": reason, "posted": posted, "at": now(),
            "sent": {name: getattr(sent, name) for name in KEPT},
        },
    )  # fmt: skip


def release(row: Quarantined, form: Form, by: User) -> Submission | None:
    """Take it after all, as of the time it came. None when it lacks what a person is made of: an address."""
    entry = read(form, row.posted, lenient=True)
    if entry.errors:
        return None
    kept: dict[str, Any] = {name: row.sent.get(name, "") for name in KEPT if name != "ip"}
    submission = submit(Sent(form=form, entry=entry, key=row.content, ip=row.sent.get("ip"), at=row.at, **kept))
    _decide(row, by, submission)
    return submission


def drop(row: Quarantined, by: User) -> None:
    """Throw it away: the decision stays, what was sent does not."""
    row.posted, row.sent = {}, {}
    _decide(row, by, None)


def drop_old(moment: datetime) -> None:
    """What nobody has looked at for thirty days."""
    Quarantined.objects.filter(at__lt=moment - LIFE).delete()


def _decide(row: Quarantined, by: User, submission: Submission | None) -> None:
    row.decided_at, row.decided_by, row.submission = now(), by, submission
    row.save()
