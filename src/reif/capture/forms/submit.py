"""Take one form: the visitor becomes a person with a history, a company, the stage `lead`, and what was consented to.

Says person.created, company.created, form.submitted, visitor.identified, person.staged, consent.requested.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from reif.capture.forms.entry import Entry, address
from reif.capture.forms.form_file import Form
from reif.capture.forms.told import told
from reif.capture.forms.twins import content_of, twin
from reif.capture.models import Asked, Submission, Upload
from reif.capture.sources.arrival import arrival
from reif.capture.sources.source import path_of
from reif.capture.web.join import attach_with_aliases
from reif.crm.consent import ask, give
from reif.crm.models import Consent, Person, Visitor
from reif.crm.move_stage import Move, move_stage
from reif.crm.upsert import Draft, upsert_people
from reif.crm.visitors import visitors_for
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import FormSubmitted
from reif.log.models import Event
from reif.playbook.current import revision

ARRIVED = ("utm", "source", "source_detail_1", "source_detail_2")
"""Columns of a submission about where it came from."""


@dataclass(frozen=True)
class Sent:
    """A form as it came in. key: the same for the same thing sent twice. visitor: the browser's key, with consent only."""

    form: Form
    entry: Entry
    key: str
    language: str = "de"
    url: str = ""
    referrer: str = ""
    visitor: str = ""
    ip: str | None = None
    agent: str = ""
    variant: str = ""
    via: str = "page"
    legal: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    own: tuple[str, ...] = field(default=())

    @property
    def browser(self) -> str:
        """Who sends, as far as one can tell two browsers apart without storing anything on them."""
        return f"{self.visitor}\0{self.ip}\0{self.agent}"


def submit(sent: Sent) -> Submission:
    """One submission for one key, and for one content of one browser within a moment. All of it in one transaction.

    The log is written in two goes, so that what the form led to can name form.submitted as its cause.
    """
    moment = sent.at or now()
    with transaction.atomic():
        content = content_of(sent.form.slug, sent.entry, sent.browser)
        if found := twin(content, moment):
            return found
        submission, new = Submission.objects.get_or_create(key=sent.key, defaults=_row(sent, content, moment))
        if not new:
            return submission
        with writing():
            person = _arrive(submission, sent, moment)
        cause = _event_of(submission)
        with writing():
            _follow(submission, person, sent, cause, moment)
    return submission


def _row(sent: Sent, content: str, moment: datetime) -> dict[str, Any]:
    evidence = bool(sent.entry.ticked)
    return {
        "form": sent.form.slug, "data": sent.entry.values, "language": sent.language, "url": sent.url[:500],
        "referrer": sent.referrer[:500], "ip": sent.ip if evidence else None,
        "agent": sent.agent[:300] if evidence else "", "revision": revision(), "at": moment,
        "variant": sent.variant[:160], "via": sent.via, "content": content, "legal": sent.legal,
    }  # fmt: skip


def _arrive(submission: Submission, sent: Sent, moment: datetime) -> Person:
    visitor = _visitor(sent, moment)
    found = arrival(sent.url, sent.referrer, visitor, sent.own, sent.agent)
    draft = Draft(
        email=address(sent.form, sent.entry), source=found.source, source_detail_1=found.detail_1[:255],
        source_detail_2=found.detail_2[:255], utm=found.utm, **({"language": sent.language} | told(sent.form, sent.entry)),
    )  # fmt: skip
    upserted = upsert_people([draft], via="form", at=moment)[0]
    submission.person, submission.visitor = upserted.person, visitor
    submission.utm, submission.source = found.utm, found.source
    submission.source_detail_1, submission.source_detail_2 = found.detail_1[:255], found.detail_2[:255]
    submission.save(update_fields=[*ARRIVED, "person", "visitor"])
    Upload.objects.filter(id__in=[i for ids in sent.entry.uploads.values() for i in ids], submission=None).update(
        submission=submission
    )
    append(
        FormSubmitted(
            person=upserted.person.id, visitor=visitor.id if visitor else None, company=upserted.person.company_id,
            topic=sent.form.slug, submission=submission.id, url=_bare(sent.url), utm=found.utm, source=found.source,
            created=upserted.created, variant=submission.variant, at=moment, cause=_page_view(visitor, sent.url),
            came=found.came,
        )
    )  # fmt: skip
    return upserted.person


def _follow(submission: Submission, person: Person, sent: Sent, cause: int | None, moment: datetime) -> None:
    if submission.visitor_id:
        attach_with_aliases([(submission.visitor_id, person.id)], by="form", cause=cause, at=moment)
    if person.stage in ("", "subscriber", "lead"):
        stage = sent.form.does.stage or "lead"
        move_stage([Move(person.id, stage, reason="form", cause=cause, at=moment)])
    _ask(submission, person, sent, cause, moment)


def _ask(submission: Submission, person: Person, sent: Sent, cause: int | None, moment: datetime) -> None:
    """What was ticked and is not in force yet; a second confirmation of the same purpose would only annoy."""
    if not sent.entry.ticked:
        return
    given = Consent.objects.filter(person=person, channel="email", given_at__isnull=False, withdrawn_at=None)
    known = set(given.values_list("purpose", flat=True))
    for permission in sent.entry.ticked:
        if permission.purpose in known:
            continue
        consent = ask(
            person, permission.purpose, permission.text.in_(sent.language), permission.version, language=sent.language,
            form=sent.form.slug, url=sent.url, ip=sent.ip, cause=cause, submission=submission.id, at=moment,
        )  # fmt: skip
        if permission.double:
            Asked.objects.create(submission=submission, consent=consent)
        else:
            give(consent, ip=sent.ip, agent=sent.agent, double=False, cause=cause, at=moment)


def _visitor(sent: Sent, moment: datetime) -> Visitor | None:
    """The browser's row; made without a first touch when its page views still wait in the spool, which will fill it."""
    if not sent.visitor:
        return None
    return visitors_for({sent.visitor[:128]: {"first_seen": moment, "language": sent.language}})[sent.visitor[:128]]


def _event_of(submission: Submission) -> int | None:
    """The number of form.submitted; None inside an outer `writing()`, where it has none yet."""
    events = Event.objects.filter(person_id=submission.person_id, kind="form.submitted", topic=submission.form[:255])
    latest = events.order_by("-id").values_list("id", "body").first()
    return latest[0] if latest and latest[1].get("submission") == submission.id else None


def _page_view(visitor: Visitor | None, url: str) -> int | None:
    """The view of the page that the form stood on: what led to it."""
    if visitor is None:
        return None
    views = Event.objects.filter(visitor_id=visitor.id, kind="page.viewed", topic=path_of(url))
    return views.order_by("-id").values_list("id", flat=True).first()


def _bare(url: str) -> str:
    """An address without what may be personal in it: no query, no fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:500] if parts.netloc else parts.path[:500]
