"""The same form sent twice is one submission: by its ticket, and by what the same browser has just sent.

A ticket's number and the content make the key, which the database holds unique. Two tickets with the same content from
one browser are twins when they come within a moment; a lock on the content makes that true for requests at once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q

from reif.capture.forms.entry import Entry
from reif.capture.forms.ticket import Ticket
from reif.capture.models import Submission

MOMENT = timedelta(seconds=10)


def key_of(ticket: Ticket, entry: Entry) -> str:
    """The same form, shown once, with the same content."""
    return hashlib.sha256(f"{ticket.form}\0{ticket.number}\0{_told(entry)}".encode()).hexdigest()


def content_of(form: str, entry: Entry, browser: str) -> str:
    """The same content from the same browser. Keyed, so that nobody can look for an address in it."""
    told = f"{form}\0{browser}\0{_told(entry)}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), hashlib.sha256).hexdigest()


def twin(key: str, content: str, at: datetime) -> Submission | None:
    """What the same browser has just sent, or anybody with this key. Call it inside the transaction that would make one.

    The one that came first may get the lock last, so a twin may also be a little younger.
    """
    _take_turn(content, key)
    just_now = Q(content=content, at__gt=at - MOMENT, at__lt=at + MOMENT)
    found = Submission.objects.filter(Q(key=key) | just_now).order_by("-at").values_list("id", flat=True)[:1]
    return Submission.objects.get(id=found[0]) if found else None


def _take_turn(*names: str) -> None:
    """Requests with the same content or key go one after the other, always the content first. SQLite has one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _told(entry: Entry) -> str:
    values = [(name, value) for name, value in sorted(entry.values.items()) if value not in ("", [])]
    return json.dumps([values, sorted(c.purpose for c in entry.ticked)], ensure_ascii=False)
