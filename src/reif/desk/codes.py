"""Codes that events carry, as people say them: reasons, purposes, ways, stages; and the names of columns."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reif.close.reasons import LOST
from reif.crm.law.words import CHANNEL_WORDS
from reif.crm.models import Activity, BasisKind, Claim, DealStage, Stage
from reif.desk.templatetags.sources import PURPOSES
from reif.route.reasons import Reason
from reif.rules.fields import FIELDS

_REJECTED: dict[str, object] = {r.value: r.label for r in Reason}
_BOOKS: dict[str, dict[str, object]] = {
    "left": {
        "finished": _("all steps done"),
        "goal": _("goal reached"),
        "exit": _("a condition to leave holds"),
        "withdrawn": _("consent withdrawn"),
    },
    "skipped": {
        "expired": _("too late"),
        "no_address": _("no address"),
        "suppressed": _("the address takes no mails"),
        "no_text": _("the mail has no text"),
        "bad_text": _("the text could not be filled in"),
        "no_permission": _("no consent"),
        "sender_incomplete": _("the sender is incomplete"),
        "too_many": _("enough mails in these days"),
        "left_journey": _("left the journey"),
        "erased": _("the person was forgotten"),
    },
    "machine": {
        "hidden_link": _("followed a link that no eye can see"),
        "head": _("asked only for the headers"),
        "no_agent": _("did not name its software"),
        "apple_proxy": _("Apple’s mail privacy loads every picture"),
        "image_proxy": _("the mailbox loads the pictures beforehand"),
        "scanner": _("a scanner tests the links"),
        "too_fast": _("faster than anybody reads"),
        "all_links": _("several links at once"),
    },
    "nobody": {
        "nobody": _("the rule names nobody who could take people"),
        "away": _("everybody is away"),
        "full": _("everybody has a full desk"),
        "had_it": _("everybody was asked already"),
        "no_rule": _("no rule fits"),
        "resting": _("rests"),
    },
    "way": {
        "form": _("by a form"),
        "import": _("by an import"),
        "api": _("by other software"),
        "track": _("by other software"),
        "hand": _("by hand"),
        "domain": _("by the mail domain"),
        "lead": _("by a lead ad"),
        "partner": _("by a partner’s software"),
        "mail": _("by a mail"),
    },
    "timer": {
        "route.remind": _("a reminder is due"),
        "route.sla": _("an answer is due"),
        "route.retry": _("somebody waits for a seller"),
        "route.return": _("the agreed day is here"),
        "nurture.tick": _("the next step of a journey is due"),
        "capture.unconfirmed": _("a confirmation has not come"),
        "capture.purge": _("old data are cleared"),
        "attract.publish": _("an article becomes public"),
        "attract.remind_day": _("a webinar is a day away"),
        "attract.remind_hour": _("a webinar is an hour away"),
        "attract.page_due": _("a page is to be published"),
        "attract.page_ends": _("a page is to be taken down"),
        "attract.test_check": _("a test of variants is looked at"),
        "capture.calls": _("old calls are forgotten"),
        "capture.remind": _("a reminder of the confirmation is due"),
        "law.daily": _("the daily look at deadlines of data protection"),
        "qualify.round": _("everybody's stage is looked at again"),
        "qualify.fade": _("points fade"),
        "qualify.stages": _("a stage is looked at again"),
        "qualify.segments": _("segments are counted anew"),
        "qualify.filling": _("the next people are put into a segment"),
        "qualify.predict": _("the daily look at the predictions"),
    },
    "chance": {"sql": _("becoming SQL"), "won": _("winning")},
    "purpose": {**PURPOSES},
    "channel": {**CHANNEL_WORDS},
    "basis": {k.value: k.label for k in BasisKind},
    "claim": {k.value: k.label for k in Claim.Kind},
    "erased": {
        "asked": _("as asked"),
        "unconfirmed": _("the request was never confirmed"),
        "undo": _("the import was undone"),
        "retention": _("nothing had happened for too long"),
    },
    "lost": {**LOST},
    "rejected": _REJECTED,
    "recycled": {**LOST, **_REJECTED},
    "stage": {s.value: s.label for s in Stage},
    "deal_stage": {s.value: s.label for s in DealStage},
    "activity": {k.value: k.label for k in Activity.Kind},
}
_COLUMNS = {
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "job_title": _("Job title"),
    "phone": _("Phone"),
    "company_name": _("Company"),
    "name": _("Name"),
    "size": _("Employees"),
    "industry": _("Industry"),
    "revenue": _("Annual revenue"),
    "website": _("Website"),
    "parent": _("Belongs to"),
    "domain": _("Domain"),
    "cents": _("Amount"),
    "currency": _("Currency"),
    "expected_on": _("Expected day"),
    "owner_id": _("Owner"),
    "traits": _("Further details"),
    **dict.fromkeys(("source", "source_detail_1", "source_detail_2", "utm"), _("Source")),
}


def word(book: str, code: object) -> str:
    """The words of a code in the active language; an unknown one, and free text, stay as they are."""
    return str(_BOOKS[book].get(str(code), code or ""))


def columns(names: object) -> str:
    """`First name, Phone`: the names of columns and traits, as a list; what has one name stands in it once."""
    return ", ".join(dict.fromkeys(_column(str(name)) for name in (names if isinstance(names, list) else [])))


def _column(name: str) -> str:
    if name in _COLUMNS:
        return str(_COLUMNS[name])
    field = FIELDS.get(name)
    words = field.words(get_language() or "de") if field else name.removeprefix("traits.").replace("_", " ")
    return words[:1].upper() + words[1:]
