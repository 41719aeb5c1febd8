"""The words for each kind of event: one sentence, and a smaller second line."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.desk.codes import columns, word
from reif.desk.scored import SCORED
from reif.desk.templatetags.sources import source_word
from reif.desk.titles import Titles
from reif.log.models import Event

Words = Callable[[Event, Titles], tuple[str, str]]


def sentence(event: Event, titles: Titles) -> tuple[str, str]:
    """What happened, and a smaller second line, in the active language."""
    return _SENTENCES[event.kind](event, titles)


def _viewed(e: Event, t: Titles) -> tuple[str, str]:
    return _("Viewed “%(page)s”") % {"page": t.page(e)}, e.topic


def _came(e: Event, t: Titles) -> tuple[str, str]:
    source = source_word(str(e.body.get("source", "")))
    return _("Came to the website: %(source)s") % {"source": source}, str(e.body.get("campaign", "")) or t.page(e)


def _left_page(e: Event, t: Titles) -> tuple[str, str]:
    words = {"seconds": e.body.get("seconds", 0), "page": t.page(e)}
    return _("Left “%(page)s” after %(seconds)s seconds") % words, e.topic


def _staged(e: Event, t: Titles) -> tuple[str, str]:
    stage = {"stage": word("stage", e.topic)}
    if e.body.get("recycled"):
        return _("Back to %(stage)s") % stage, word("recycled", e.body.get("reason", ""))
    return _("Became %(stage)s") % stage, t.definition(str(e.body.get("rule", "")))


def _machine(words: str, e: Event) -> str:
    return _("%(what)s (by a machine, earns nothing)") % {"what": words} if e.body.get("machine") else words


def _stay(e: Event) -> str:
    minutes = int(e.body.get("minutes") or 0)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes} if minutes else ""


def _opened(e: Event, t: Titles) -> tuple[str, str]:
    words = _("Opened the mail “%(mail)s”") % {"mail": t.mail(e.topic)}
    return _machine(words, e), word("machine", e.body.get("why", ""))


def _clicked(e: Event, t: Titles) -> tuple[str, str]:
    words = _machine(_("Clicked in the mail “%(mail)s”") % {"mail": t.mail(e.topic)}, e)
    return words, str(e.body.get("link", "")) or word("machine", e.body.get("why", ""))


def _assigned(e: Event, t: Titles) -> tuple[str, str]:
    owner = t.staff.get(int(e.body.get("owner") or 0), "?")
    return _("Given to %(seller)s") % {"seller": owner}, t.rule(e.topic)


def _qualified(e: Event, t: Titles) -> tuple[str, str]:
    words = _("Qualified as %(stage)s") % {"stage": word("stage", e.topic)}
    return words, t.definition(str(e.body.get("rule", "")))


def _left_journey(e: Event, t: Titles) -> tuple[str, str]:
    return _("Left the journey “%(name)s”") % {"name": t.journey(e.topic)}, word("left", e.body.get("reason", ""))


def _skipped(e: Event, t: Titles) -> tuple[str, str]:
    words = _("The mail “%(mail)s” was not sent") % {"mail": t.mail(e.topic)}
    return words, word("skipped", e.body.get("reason", ""))


def _moved(e: Event, t: Titles) -> tuple[str, str]:
    return _("Deal “%(deal)s” moved") % {"deal": t.deal(e)}, word("deal_stage", e.topic)


def _lead(e: Event) -> str:
    return " · ".join(part for part in (str(e.body.get("campaign", "")), str(e.body.get("form", ""))) if part)


def _disqualified(e: Event, t: Titles) -> tuple[str, str]:
    return _("No longer qualified as %(stage)s") % {"stage": word("stage", e.topic)}, str(e.body.get("reason", ""))


def _imported(e: Event, t: Titles) -> tuple[str, str]:
    name = {"name": e.topic or "?"}
    if e.body.get("created"):
        return _("Became known to us by the import “%(name)s”") % name, ""
    if fields := columns(e.body.get("fields")):
        return _("Details changed by the import “%(name)s”") % name, fields
    return _("Was in the import “%(name)s”, nothing new") % name, ""


def _consent(e: Event) -> str:
    """For what, and by which way when that is not mail."""
    channel = str(e.body.get("channel", "email"))
    purpose = word("purpose", e.topic)
    return purpose if channel == "email" else f"{purpose} · {word('channel', channel)}"


_SENTENCES: dict[str, Words] = {
    "page.viewed": _viewed,
    "visit.began": _came,
    "page.left": _left_page,
    "form.started": lambda e, t: (_("Began to fill in the form “%(form)s”") % {"form": t.form(e.topic)}, ""),
    "call.viewed": lambda e, t: (_("Saw the call to action “%(name)s”") % {"name": t.call(e.topic)}, ""),
    "call.clicked": lambda e, t: (_("Followed the call to action “%(name)s”") % {"name": t.call(e.topic)}, ""),
    "link.followed": lambda e, t: (_("Followed a link"), e.topic),
    "event.tracked": lambda e, t: (_("Other software said “%(name)s”") % {"name": e.topic}, ""),
    "form.submitted": lambda e, t: (_("Sent the form “%(form)s”") % {"form": t.form(e.topic)}, ""),
    "lead.received": lambda e, t: (_("Filled in the form of “%(name)s”") % {"name": t.connection(e.topic)}, _lead(e)),
    "enquiry.received": lambda e, t: (_("Wrote to us by mail"), t.activity(e)),
    "mail.replied": lambda e, t: (_("Answered the mail “%(mail)s”") % {"mail": t.mail(e.topic)}, t.activity(e)),
    "content.downloaded": lambda e, t: (_("Downloaded “%(file)s”") % {"file": t.content(e.topic)}, ""),
    "page.closed": lambda e, t: (_("“%(page)s” was taken down") % {"page": t.page(e)}, e.topic),
    "page.won": lambda e, t: (_("A variant of “%(page)s” won a test") % {"page": t.page(e)}, e.topic),
    "content.published": lambda e, t: (_("“%(page)s” was published") % {"page": t.page(e)}, e.topic),
    "content.withdrawn": lambda e, t: (_("“%(page)s” is no longer public") % {"page": t.page(e)}, e.topic),
    "webinar.missed": lambda e, t: (_("Missed the webinar “%(name)s”") % {"name": t.content(e.topic)}, ""),
    "webinar.cancelled": lambda e, t: (_("Cancelled the seat in “%(name)s”") % {"name": t.content(e.topic)}, ""),
    "webinar.registered": lambda e, t: (_("Registered for the webinar “%(name)s”") % {"name": t.content(e.topic)}, ""),
    "webinar.attended": lambda e, t: (_("Attended the webinar “%(name)s”") % {"name": t.content(e.topic)}, _stay(e)),
    "person.created": lambda e, t: (_("Became known to us"), word("way", e.topic)),
    "person.changed": lambda e, t: (_("Details changed"), columns(e.body.get("fields"))),
    "cost.entered": lambda e, t: (
        _("The cost of the campaign “%(name)s” is known") % {"name": e.topic},
        str(e.body.get("day", "")),
    ),
    "touch.corrected": lambda e, t: (_("The source was corrected: %(source)s") % {"source": source_word(e.topic)}, ""),
    "person.imported": _imported,
    "import.finished": lambda e, t: (_("The import “%(name)s” is finished") % {"name": e.topic}, ""),
    "import.undone": lambda e, t: (_("The import “%(name)s” was undone") % {"name": e.topic}, ""),
    "person.erased": lambda e, t: (_("Was forgotten"), word("erased", e.body.get("reason", ""))),
    "person.staged": _staged,
    "visitor.identified": lambda e, t: (_("Earlier visits belong to this person"), word("way", e.topic)),
    "company.created": lambda e, t: (_("A new company became known"), word("way", e.topic)),
    "company.changed": lambda e, t: (_("Details of the company changed"), columns(e.body.get("fields"))),
    "company.removed": lambda e, t: (_("The company was removed"), word("way", e.topic)),
    "company.joined": lambda e, t: (_("Works for %(company)s") % {"company": t.company(e)}, word("way", e.topic)),
    "consent.requested": lambda e, t: (_("Agreed on the form; confirmation is open"), _consent(e)),
    "consent.given": lambda e, t: (_("Confirmed consent"), _consent(e)),
    "consent.withdrawn": lambda e, t: (_("Withdrew consent"), _consent(e)),
    "consent.lapsed": lambda e, t: (_("Did not confirm in time; the request is deleted"), _consent(e)),
    "basis.recorded": lambda e, t: (_("Legal basis recorded"), word("basis", e.topic)),
    "basis.ended": lambda e, t: (_("Legal basis ended"), word("basis", e.topic)),
    "claim.made": lambda e, t: (_("Made a data request"), word("claim", e.topic)),
    "person.qualified": _qualified,
    "persona.assigned": lambda e, t: (
        (_("Taken for the persona “%(name)s”") % {"name": t.persona(e.topic)}, "")
        if e.topic
        else (_("Like no persona any more"), "")
    ),
    "person.disqualified": _disqualified,
    **SCORED,
    "segment.entered": lambda e, t: (_("Now in the segment “%(name)s”") % {"name": t.segment(e.topic)}, ""),
    "segment.left": lambda e, t: (_("No longer in the segment “%(name)s”") % {"name": t.segment(e.topic)}, ""),
    "segment.requested": lambda e, t: (_("To be put into the segment “%(name)s”") % {"name": t.segment(e.topic)}, ""),
    "journey.requested": lambda e, t: (_("To begin the journey “%(name)s”") % {"name": t.journey(e.topic)}, ""),
    "journey.entered": lambda e, t: (_("Entered the journey “%(name)s”") % {"name": t.journey(e.topic)}, ""),
    "journey.stepped": lambda e, t: (_("Next step of the journey “%(name)s”") % {"name": t.journey(e.topic)}, ""),
    "journey.left": _left_journey,
    "mail.queued": lambda e, t: (_("The mail “%(mail)s” is ready to go") % {"mail": t.mail(e.topic)}, ""),
    "mail.sent": lambda e, t: (_("Got the mail “%(mail)s”") % {"mail": t.mail(e.topic)}, ""),
    "mail.skipped": _skipped,
    "mail.opened": _opened,
    "mail.clicked": _clicked,
    "mail.bounced": lambda e, t: (_("The mail “%(mail)s” came back") % {"mail": t.mail(e.topic)}, ""),
    "mail.unsubscribed": lambda e, t: (_("Unsubscribed from mails"), t.mail(e.topic)),
    "person.assigned": _assigned,
    "person.unassigned": lambda e, t: (_("Nobody could take this person"), word("nobody", e.topic)),
    "assignment.accepted": lambda e, t: (_("Accepted by sales"), ""),
    "assignment.rejected": lambda e, t: (_("Rejected by sales"), word("rejected", e.topic)),
    "sla.warned": lambda e, t: (_("Reminder: an answer is due"), t.sla(e.topic)),
    "sla.breached": lambda e, t: (_("The answer is overdue"), t.sla(e.topic)),
    "sla.met": lambda e, t: (_("Answered in time"), t.sla(e.topic)),
    "deal.opened": lambda e, t: (_("Deal “%(deal)s” opened") % {"deal": t.deal(e)}, word("deal_stage", e.topic)),
    "deal.moved": _moved,
    "deal.changed": lambda e, t: (_("Deal “%(deal)s” changed") % {"deal": t.deal(e)}, columns(e.body.get("fields"))),
    "deal.won": lambda e, t: (_("Deal “%(deal)s” won") % {"deal": t.deal(e)}, e.topic),
    "deal.lost": lambda e, t: (_("Deal “%(deal)s” lost") % {"deal": t.deal(e)}, word("lost", e.topic)),
    "deal.reopened": lambda e, t: (_("Deal “%(deal)s” reopened") % {"deal": t.deal(e)}, word("deal_stage", e.topic)),
    "activity.planned": lambda e, t: (_("%(kind)s planned") % {"kind": word("activity", e.topic)}, t.activity(e)),
    "activity.done": lambda e, t: (_("%(kind)s done") % {"kind": word("activity", e.topic)}, t.activity(e)),
    "activity.cancelled": lambda e, t: (_("%(kind)s cancelled") % {"kind": word("activity", e.topic)}, t.activity(e)),
    "playbook.applied": lambda e, t: (_("A new revision of the playbook is in force"), e.topic),
    "timer.fired": lambda e, t: (_("Time had come: %(what)s") % {"what": word("timer", e.topic)}, ""),
}
