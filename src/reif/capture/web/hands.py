"""A browser that changes hands: somebody else than its owner sends a form with it.

What it did before stays with whom it belonged to. From now on it has a new key, which belongs to the one who sent the form;
so a shared computer, or a mail that was passed on, mixes two people's visits for no longer than until one says who they are.
Says visitor.identified.
"""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.conf import settings
from django.http import HttpResponseBase

from reif.capture.models import Submission
from reif.capture.web.join import attach_with_aliases
from reif.crm.visitors import visitors_for
from reif.kit.clock import now
from reif.log.append import writing

Response = TypeVar("Response", bound=HttpResponseBase)
YEAR = 33_696_000  # as in our script


def to_its_hands(response: Response, submission: Submission | None) -> Response:
    """Give the browser a new key when its visitor belongs to somebody else; otherwise nothing happens."""
    visitor = submission.visitor if submission else None
    if submission is None or visitor is None or not visitor.key or submission.person_id is None:
        return response
    visitor.refresh_from_db(fields=["person"])
    if visitor.person_id in (None, submission.person_id):
        return response
    key = str(uuid.uuid4())
    with writing():
        made = visitors_for({key: {"first_seen": now(), "language": submission.language}})[key]
        attach_with_aliases([(made.pk, submission.person_id)], by="form")
    response.set_cookie("reif_v", key, max_age=YEAR, samesite="Lax", secure=settings.SECURE)
    return response
