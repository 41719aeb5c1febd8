"""An account of all that is stored of a person (GDPR Art. 15, DSG Art. 25): plain values for JSON, a document for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.capture.models import Submission
from reif.channels.email.limits import sender
from reif.channels.models import Message
from reif.crm.models import Person
from reif.desk.codes import word
from reif.desk.privacy.evidence import evidence_of
from reif.desk.story import tell
from reif.kit.clock import now
from reif.log.read import timeline
from reif.playbook.current import current
from reif.qualify.personas.why import why
from reif.qualify.why.explain import explain_score
from reif.qualify.why.why import sentence

FORMAT = "reif.access/1"
COLUMNS = (
    "email", "first_name", "last_name", "phone", "job_title", "department", "level", "persona", "company_name", "country", "region", "city", "postal_code",
    "language", "timezone", "traits", "source", "source_detail_1", "source_detail_2", "utm", "stage", "score", "fit", "engagement",
)  # fmt: skip
MOST = 20_000


def account_of(person: Person) -> dict[str, Any]:
    """Everything, in the words of the active language where there are words. Times in ISO 8601."""
    language = get_language() or "de"
    visitors = list(person.visitors.all())
    return {
        "format": FORMAT,
        "written_at": now().isoformat(),
        "controller": {"company": sender().company, "address": f"{sender().street}, {sender().postcode} {sender().city}"},
        "rights": _rights(),
        "data": {name: getattr(person, name) for name in COLUMNS} | {
            "id": person.pk, "created_at": person.created_at.isoformat(),
            "company": {"name": person.company.name, "domain": person.company.domain} if person.company else None,
            "owner": person.owner.name if person.owner else None,
        },
        "legal_bases": [_basis(b) for b in person.bases.order_by("valid_from")],
        "consents": evidence_of(person)["consents"],
        "profiling": _profiling(person, language),
        "stages": [
            {"stage": s.stage, "from": s.entered_at.isoformat(), "to": s.left_at.isoformat() if s.left_at else None}
            for s in person.spells.all()
        ],
        "sources": [_touch(t) for t in person.touches.all()],
        "forms": _forms(person),
        "mails": _mails(person),
        "activities": [_activity(a) for a in person.activities.select_related("owner").order_by("created_at")],
        "deals": [{"name": d.name, "stage": d.stage, "cents": d.cents, "currency": d.currency} for d in person.deals.all()],
        "browsers": [{"first_seen": v.first_seen.isoformat(), "language": v.language} for v in visitors],
        "foreign_ids": [{"system": i.kind, "id": i.value} for i in person.identities.all()],
        "events": _events(person, [v.pk for v in visitors]),
    }  # fmt: skip


def _rights() -> str:
    return _(
        "You may have wrong data corrected, have data erased, restrict or object to their use, take them with you, and "
        "complain to a supervisory authority. You may object to advertising and to profiling for it at any time."
    )


def _profiling(person: Person, language: str) -> dict[str, Any]:
    """The score with every reason: what gave how many points, how often, and when last."""
    rows = explain_score(person, language)
    return {
        "purpose": _("The points order enquiries by how likely they need an answer soon. No decision is made by them alone."),
        "in_words": sentence(person, language, rows),
        "persona": told.sentence if (told := why(person, current("personas").personas, language)) else "",
        "data": {"completeness": person.completeness, "quality": person.quality, "flaws": person.flaws.split()},
        "reasons": [
            {
                "rule": r.words, "points": r.points, "times": r.count, "last": r.last_at and r.last_at.isoformat(),
                "kind": _("Profile") if r.is_fit else _("Behaviour"),
            }
            for r in rows
        ],
    }  # fmt: skip


def _basis(basis: Any) -> dict[str, Any]:
    return {
        "kind": basis.kind, "words": str(basis.get_kind_display()), "article": basis.article, "country": basis.jurisdiction,
        "from": basis.valid_from.isoformat(), "to": basis.valid_to.isoformat() if basis.valid_to else None,
        "came_from": basis.came_from, "evidence": basis.evidence,
    }  # fmt: skip


def _touch(touch: Any) -> dict[str, Any]:
    return {
        "at": touch.at.isoformat(), "source": touch.source, "words": str(touch.get_source_display()),
        "detail": " · ".join(filter(None, (touch.detail_1, touch.detail_2))), "campaign": touch.campaign, "page": touch.path,
    }  # fmt: skip


def _forms(person: Person) -> list[dict[str, Any]]:
    rows = Submission.objects.filter(person=person).order_by("at")
    return [{"form": s.form, "at": s.at.isoformat(), "page": s.url, "entered": s.data, "ip": s.ip} for s in rows]


def _mails(person: Person) -> list[dict[str, Any]]:
    rows = Message.objects.filter(person_id=person.pk).select_related("content").order_by("queued_at")
    return [
        {
            "mail": m.mail, "subject": m.content.subject if m.content else "", "kind": m.kind,
            "sent_at": m.sent_at.isoformat() if m.sent_at else None,
            "opened_at": m.opened_at.isoformat() if m.opened_at else None,
            "clicked_at": m.clicked_at.isoformat() if m.clicked_at else None,
        }
        for m in rows
    ]  # fmt: skip


def _activity(activity: Any) -> dict[str, Any]:
    return {
        "kind": word("activity", activity.kind), "subject": activity.subject, "words": activity.body,
        "by": activity.owner.name if activity.owner else None, "at": activity.created_at.isoformat(),
    }  # fmt: skip


def _events(person: Person, visitors: list[int]) -> list[dict[str, Any]]:
    rows = timeline(person.pk, visitors, limit=MOST)
    return [{"at": m.at.isoformat(), "event": m.kind, "words": m.words, "more": m.more} for m in tell(rows)]
