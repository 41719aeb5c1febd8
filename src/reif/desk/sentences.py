"""The words for each kind of event. A kind that is not here is not shown to people."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from reif.crm.models import Activity, Stage
from reif.desk.titles import Titles
from reif.log.models import Event

ICONS: dict[str, tuple[str, str]] = {
    "page.viewed": ("eye", "plain"),
    "link.followed": ("external-link", "plain"),
    "event.tracked": ("activity", "plain"),
    "form.submitted": ("clipboard-check", "good"),
    "content.downloaded": ("download", "good"),
    "webinar.registered": ("video", "good"),
    "webinar.attended": ("video", "good"),
    "person.created": ("user-plus", "info"),
    "person.changed": ("pencil", "plain"),
    "person.staged": ("trending-up", "info"),
    "visitor.identified": ("fingerprint", "plain"),
    "company.joined": ("building-2", "plain"),
    "consent.requested": ("shield", "plain"),
    "consent.given": ("shield-check", "good"),
    "consent.withdrawn": ("shield-off", "bad"),
    "person.qualified": ("award", "good"),
    "person.scored": ("gauge", "plain"),
    "journey.entered": ("route", "info"),
    "journey.left": ("route", "plain"),
    "mail.sent": ("send", "plain"),
    "mail.skipped": ("mail-x", "warn"),
    "mail.opened": ("mail-open", "info"),
    "mail.clicked": ("mouse-pointer-click", "info"),
    "mail.bounced": ("mail-x", "bad"),
    "mail.unsubscribed": ("bell-off", "bad"),
    "person.assigned": ("user-check", "info"),
    "person.unassigned": ("user-x", "warn"),
    "assignment.accepted": ("circle-check", "good"),
    "assignment.rejected": ("circle-x", "bad"),
    "sla.warned": ("alarm-clock", "warn"),
    "sla.breached": ("alarm-clock-off", "bad"),
    "sla.met": ("alarm-clock-check", "good"),
    "deal.opened": ("handshake", "info"),
    "deal.moved": ("arrow-right", "info"),
    "deal.won": ("trophy", "good"),
    "deal.lost": ("circle-x", "bad"),
    "deal.reopened": ("rotate-ccw", "info"),
    "activity.planned": ("calendar-plus", "plain"),
    "activity.done": ("circle-check", "good"),
    "activity.cancelled": ("calendar-x", "plain"),
}
QUIET = {"person.scored", "mail.queued", "journey.stepped", "page.left", "company.created"}

Words = Callable[[Event, Titles], tuple[str, str]]


def sentence(event: Event, titles: Titles) -> tuple[str, str]:
    """What happened, and a smaller second line, in the active language."""
    return _SENTENCES[event.kind](event, titles)


def _stage(key: str) -> str:
    return str(Stage(key).label) if key in Stage.values else key


def _kind(key: str) -> str:
    return str(Activity.Kind(key).label) if key in Activity.Kind.values else key


def _viewed(e: Event, t: Titles) -> tuple[str, str]:
    return _("Viewed “%(page)s”") % {"page": t.page(e)}, e.topic


def _staged(e: Event, t: Titles) -> tuple[str, str]:
    if e.body.get("recycled"):
        return _("Back to %(stage)s") % {"stage": _stage(e.topic)}, str(e.body.get("reason", ""))
    return _("Became %(stage)s") % {"stage": _stage(e.topic)}, str(e.body.get("rule", ""))


def _scored(e: Event, t: Titles) -> tuple[str, str]:
    body = e.body
    return _("Score is now %(score)s (%(delta)+d)") % {"score": body.get("score", 0), "delta": body.get("delta", 0)}, ""


def _changed(e: Event, t: Titles) -> tuple[str, str]:
    return _("Details changed"), ", ".join(str(f).replace("_", " ") for f in e.body.get("fields", []))


def _machine(words: str, e: Event) -> str:
    return _("%(what)s (by a machine, earns nothing)") % {"what": words} if e.body.get("machine") else words


def _opened(e: Event, t: Titles) -> tuple[str, str]:
    return _machine(_("Opened the mail “%(mail)s”") % {"mail": t.mail(e.topic)}, e), str(e.body.get("why", ""))


def _clicked(e: Event, t: Titles) -> tuple[str, str]:
    words = _machine(_("Clicked in the mail “%(mail)s”") % {"mail": t.mail(e.topic)}, e)
    return words, str(e.body.get("link", ""))


def _assigned(e: Event, t: Titles) -> tuple[str, str]:
    owner = t.staff.get(int(e.body.get("owner") or 0), "?")
    return _("Given to %(seller)s") % {"seller": owner}, _("Rule “%(rule)s”") % {"rule": e.topic}


_SENTENCES: dict[str, Words] = {
    "page.viewed": _viewed,
    "link.followed": lambda e, t: (_("Followed a link"), e.topic),
    "event.tracked": lambda e, t: (e.topic, ""),
    "form.submitted": lambda e, t: (_("Sent the form “%(form)s”") % {"form": t.form(e.topic)}, ""),
    "content.downloaded": lambda e, t: (_("Downloaded “%(file)s”") % {"file": t.content(e.topic)}, ""),
    "webinar.registered": lambda e, t: (_("Registered for the webinar “%(name)s”") % {"name": t.content(e.topic)}, ""),
    "webinar.attended": lambda e, t: (_("Attended the webinar “%(name)s”") % {"name": t.content(e.topic)}, ""),
    "person.created": lambda e, t: (_("Became known to us"), e.topic),
    "person.changed": _changed,
    "person.staged": _staged,
    "visitor.identified": lambda e, t: (_("Earlier visits belong to this person"), ""),
    "company.joined": lambda e, t: (_("Works for %(company)s") % {"company": t.company(e)}, ""),
    "consent.requested": lambda e, t: (_("Agreed on the form; confirmation is open"), e.topic),
    "consent.given": lambda e, t: (_("Confirmed consent"), e.topic),
    "consent.withdrawn": lambda e, t: (_("Withdrew consent"), e.topic),
    "person.qualified": lambda e, t: (_("Qualified as %(stage)s") % {"stage": _stage(e.topic)}, str(e.body["rule"])),
    "person.scored": _scored,
    "journey.entered": lambda e, t: (_("Entered the journey “%(name)s”") % {"name": t.journey(e.topic)}, ""),
    "journey.left": lambda e, t: (
        _("Left the journey “%(name)s”") % {"name": t.journey(e.topic)},
        str(e.body.get("reason", "")),
    ),
    "mail.sent": lambda e, t: (_("Got the mail “%(mail)s”") % {"mail": t.mail(e.topic)}, ""),
    "mail.skipped": lambda e, t: (
        _("The mail “%(mail)s” was not sent") % {"mail": t.mail(e.topic)},
        str(e.body.get("reason", "")),
    ),
    "mail.opened": _opened,
    "mail.clicked": _clicked,
    "mail.bounced": lambda e, t: (_("The mail “%(mail)s” came back") % {"mail": t.mail(e.topic)}, ""),
    "mail.unsubscribed": lambda e, t: (_("Unsubscribed from mails"), ""),
    "person.assigned": _assigned,
    "person.unassigned": lambda e, t: (_("Nobody could take this person"), e.topic),
    "assignment.accepted": lambda e, t: (_("Accepted by sales"), ""),
    "assignment.rejected": lambda e, t: (_("Rejected by sales"), e.topic),
    "sla.warned": lambda e, t: (_("Reminder: an answer is due"), e.topic),
    "sla.breached": lambda e, t: (_("The answer is overdue"), e.topic),
    "sla.met": lambda e, t: (_("Answered in time"), e.topic),
    "deal.opened": lambda e, t: (_("Deal “%(deal)s” opened") % {"deal": t.deal(e)}, ""),
    "deal.moved": lambda e, t: (_("Deal “%(deal)s” moved") % {"deal": t.deal(e)}, e.topic),
    "deal.won": lambda e, t: (_("Deal “%(deal)s” won") % {"deal": t.deal(e)}, e.topic),
    "deal.lost": lambda e, t: (_("Deal “%(deal)s” lost") % {"deal": t.deal(e)}, e.topic),
    "deal.reopened": lambda e, t: (_("Deal “%(deal)s” reopened") % {"deal": t.deal(e)}, ""),
    "activity.planned": lambda e, t: (_("%(kind)s planned") % {"kind": _kind(e.topic)}, t.activity(e)),
    "activity.done": lambda e, t: (_("%(kind)s done") % {"kind": _kind(e.topic)}, t.activity(e)),
    "activity.cancelled": lambda e, t: (_("%(kind)s cancelled") % {"kind": _kind(e.topic)}, t.activity(e)),
}
