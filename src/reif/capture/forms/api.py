"""/api/v1/submissions: what forms brought in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from ninja import Schema

from reif.capture.models import Submission
from reif.staff.api.page import Limit, Page, page
from reif.staff.api.resource import Resource

submissions = Resource("submissions", gettext_lazy("Submissions"), writes=True)


class SubmissionOut(Schema):
    """A form, sent once. data: what was entered, by field."""

    id: int
    form: str
    person: int | None
    at: datetime
    data: dict[str, Any]
    language: str
    url: str
    source: str
    source_detail_1: str
    source_detail_2: str
    utm: dict[str, Any]

    @staticmethod
    def resolve_person(submission: Submission) -> int | None:
        return submission.person_id


@submissions.get("", scope="submissions:read", response=Page[SubmissionOut])
def list_submissions(
    request: HttpRequest, after: str = "", limit: Limit = 100, form: str = "", person: int = 0,
    since: datetime | None = None,
) -> Any:  # fmt: skip
    """List submissions in the order they came. form: its slug; person: of one person; since: not before this time."""
    told: dict[str, Any] = {"form": form, "person_id": person, "at__gte": since}
    found, following = page(Submission.objects.filter(**{c: v for c, v in told.items() if v}), after, limit)
    return {"items": found, "next": following}
