"""Take one form: the visitor becomes a person with a history, a company, the stage `lead`, and what was consented to.

Says person.created, company.created, form.submitted, visitor.identified, person.staged, consent.requested.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from reif.capture.forms.entry import Entry, address
from reif.capture.forms.form_file import Form
from reif.capture.forms.told import told
from reif.capture.forms.twins import content_of, twin
from reif.capture.models import Asked, Submission, Upload
from reif.capture.sources.arrival import arrival
from reif.capture.sources.source import Touch, path_of
from reif.capture.web.join import attach_with_aliases
from reif.crm.consent import ask, give
from reif.crm.models import Consent, Person, Visitor
from reif.crm.move_stage import Move, move_stage
from reif.crm.upsert import Draft, Upserted, upsert_people
from reif.crm.visitors import visitors_for
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import FormSubmitted
from reif.log.fact import Cause
from reif.log.models import Event
from reif.playbook.current import revision


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
    """One submission for one key, and for one content of one browser within a moment. All of it in one transaction."""
    moment = sent.at or now()
    with writing():
        content = content_of(sent.form.slug, sent.entry, sent.browser)
        if sent_before := twin(sent.key, content, moment):
            return sent_before
        visitor = _visitor(sent, moment)
        found = arrival(sent.url, sent.referrer, visitor, sent.own, sent.agent)
        upserted = _upsert(sent, found, moment)
        submission = _store(sent, content, found, upserted.person, visitor, moment)
        fact = _fact(submission, found, upserted, moment)
        append(fact)
        _follow(submission, upserted, sent, fact, moment)
    return submission


def _upsert(sent: Sent, found: Touch, moment: datetime) -> Upserted:
    draft = Draft(
        email=address(sent.form, sent.entry), source=found.source, source_detail_1=found.detail_1[:255],
        source_detail_2=found.detail_2[:255], utm=found.utm, **({"language": sent.language} | told(sent.form, sent.entry)),
    )  # fmt: skip
    return upsert_people([draft], via="form", at=moment)[0]


def _store(sent: Sent, content: str, found: Touch, person: Person, visitor: Visitor | None,
           moment: datetime) -> Submission:  # fmt: skip
    evidence = bool(sent.entry.ticked)
    submission = Submission.objects.create(
        key=sent.key, form=sent.form.slug, data=sent.entry.values, language=sent.language, url=sent.url[:500],
        referrer=sent.referrer[:500], ip=sent.ip if evidence else None, agent=sent.agent[:300] if evidence else "",
        revision=revision(), at=moment, variant=sent.variant[:160], via=sent.via, content=content, legal=sent.legal,
        person=person, visitor=visitor, utm=found.utm, source=found.source, source_detail_1=found.detail_1[:255],
        source_detail_2=found.detail_2[:255],
    )  # fmt: skip
    if files := [i for ids in sent.entry.uploads.values() for i in ids]:
        Upload.objects.filter(id__in=files, submission=None).update(submission=submission)
    return submission


def _fact(submission: Submission, found: Touch, upserted: Upserted, moment: datetime) -> FormSubmitted:
    visitor, person = submission.visitor, upserted.person
    return FormSubmitted(
        person=person.id, visitor=visitor.id if visitor else None, company=person.company_id, topic=submission.form,
        submission=submission.id, url=_bare(submission.url), utm=found.utm, source=found.source,
        created=upserted.created, variant=submission.variant, at=moment, cause=_page_view(visitor, submission.url),
        came=found.came,
    )  # fmt: skip


def _follow(submission: Submission, upserted: Upserted, sent: Sent, cause: Cause, moment: datetime) -> None:
    person = upserted.person
    if submission.visitor_id:
        attach_with_aliases([(submission.visitor_id, person.id)], by="form", cause=cause, at=moment)
    stage = sent.form.does.stage or "lead"
    if person.stage in ("", "subscriber", "lead") and person.stage != stage:
        move_stage([Move(person.id, stage, reason="form", cause=cause, at=moment)])
    if sent.entry.ticked:
        _ask(submission, upserted, sent, cause, moment)


def _ask(submission: Submission, upserted: Upserted, sent: Sent, cause: Cause, moment: datetime) -> None:
    """What was ticked and is not in force yet; a second confirmation of the same purpose would only annoy."""
    person = upserted.person
    known = set() if upserted.created else _in_force(person)
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


def _in_force(person: Person) -> set[str]:
    given = Consent.objects.filter(person=person, channel="email", given_at__isnull=False, withdrawn_at=None)
    return set(given.values_list("purpose", flat=True))


def _visitor(sent: Sent, moment: datetime) -> Visitor | None:
    """The browser's row; made without a first touch when its page views still wait in the spool, which will fill it."""
    if not sent.visitor:
        return None
    return visitors_for({sent.visitor[:128]: {"first_seen": moment, "language": sent.language}})[sent.visitor[:128]]


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
