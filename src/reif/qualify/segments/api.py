"""/api/v1/segments: which there are, who is in them, and people put into fixed ones and taken out of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.db.models import F
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema
from pydantic import Field

from reif.crm.models import Person
from reif.log.among import among
from reif.playbook.current import current
from reif.qualify.segments.fixed import put_in, take_out
from reif.qualify.segments.growth import sizes
from reif.qualify.ways import Segment
from reif.staff.api.page import Limit, Page, page
from reif.staff.api.problem import Flaw, Problem
from reif.staff.api.resource import Resource
from reif.staff.api.schema import Told

segments = Resource("segments", gettext_lazy("Segments"), writes=True)


class SegmentOut(Schema):
    """words: its name by language. fixed: people are put into it; the others follow their condition. people: how many."""

    key: str
    words: dict[str, str]
    fixed: bool
    archived: bool
    people: int


class MemberOut(Schema):
    """Somebody who is in it. since: when they came in."""

    id: int
    email: str | None
    since: datetime


class MembersIn(Told):
    """By id, by address, or both; at most 1,000 of each."""

    people: Annotated[list[int], Field(max_length=1000)] = []
    emails: Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=1000)] = []


class Moved(Schema):
    """How many came in or went out, and how many stood so already."""

    moved: int
    already: int


@segments.get("", scope="segments:read", response=Page[SegmentOut])
def list_segments(request: HttpRequest) -> Any:
    """List all segments of the playbook, on one page."""
    counts = sizes()
    return {"items": [
        {"key": s.key, "words": s.words, "fixed": s.when is None, "archived": s.archived, "people": counts.get(s.key, 0)}
        for s in current("segments").segments
    ], "next": None}  # fmt: skip


@segments.get("/{key}/people", scope="segments:read", response=Page[MemberOut])
def list_members(request: HttpRequest, key: str, after: str = "", limit: Limit = 100) -> Any:
    """List who is in a segment, by id."""
    _segment(key)
    there = Person.objects.living().filter(segments__segment=key).annotate(since=F("segments__since"))
    found, following = page(there, after, limit)
    return {"items": found, "next": following}


@segments.post("/{key}/people", scope="segments:write", response=Moved)
def put_into_segment(request: HttpRequest, key: str, sent: MembersIn) -> Moved:
    """Put people into a fixed segment. All of them or none; who is in it already stays."""
    return _move(key, sent, put_in)


@segments.post("/{key}/removals", scope="segments:write", response=Moved)
def take_out_of_segment(request: HttpRequest, key: str, sent: MembersIn) -> Moved:
    """Take people out of a fixed segment. All of them or none."""
    return _move(key, sent, take_out)


def _segment(key: str) -> Segment:
    found = next((s for s in current("segments").segments if s.key == key), None)
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


def _move(key: str, sent: MembersIn, move: Callable[[str, list[int]], int]) -> Moved:
    segment = _segment(key)
    if segment.when is not None or segment.archived:
        words = _("People are put into fixed segments only; the others follow their condition.")
        raise Problem(409, "not-fixed", words if segment.when is not None else _("This segment is archived."))
    ids = _known(sent)
    moved = move(key, ids)
    return Moved(moved=moved, already=len(ids) - moved)


def _known(sent: MembersIn) -> list[int]:
    """The ids of all who are named; raises Problem with each that nobody has."""
    emails = [email.strip().lower() for email in sent.emails]
    living = Person.objects.living()
    there = set(living.filter(among("id", [n for n in sent.people if 0 < n < 2**63])).values_list("id", flat=True))
    by_email = dict(living.filter(email__in=emails).values_list("email", "id")) if emails else {}
    flaws: list[Flaw] = [
        (f"/people/{n}", "unknown", _("There is nobody with the id %(id)s.") % {"id": one})
        for n, one in enumerate(sent.people) if one not in there
    ]  # fmt: skip
    flaws += [
        (f"/emails/{n}", "unknown", _("There is nobody with the address %(email)s.") % {"email": one})
        for n, one in enumerate(emails) if one not in by_email
    ]  # fmt: skip
    if flaws:
        raise Problem(422, "invalid", _("Some people are not known. Nothing was changed."), flaws[:100])
    return list(dict.fromkeys([*sent.people, *by_email.values()]))
