"""What people did, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reif.route.history import Deed


def say(deed: Deed) -> str:
    """`Price page`: what it was about, for a list."""
    return _LISTED.get(deed.kind, lambda: "%(what)s")() % {"what": _name(deed)}


def short(deed: Deed) -> str:
    """`Read “Price page”`: the beginning of a sentence."""
    return _BEGINNING.get(deed.kind, lambda: _("Was active (%(what)s)"))() % {"what": _name(deed)}


def _name(deed: Deed) -> str:
    title = deed.title.split(" | ")[0].split(" · ")[0].strip()
    if title:
        return title
    tail = deed.topic.rstrip("/").rsplit("/", 1)[-1] or deed.topic
    return tail.replace("-", " ").replace("_", " ").strip().capitalize() or deed.kind


_LISTED = {
    "page.viewed": lambda: _("Page “%(what)s”"),
    "link.followed": lambda: _("Link “%(what)s”"),
    "form.submitted": lambda: _("Form “%(what)s”"),
    "content.downloaded": lambda: _("Download “%(what)s”"),
    "webinar.registered": lambda: _("Registered for the webinar “%(what)s”"),
    "webinar.attended": lambda: _("Attended the webinar “%(what)s”"),
    "mail.opened": lambda: _("Opened the mail “%(what)s”"),
    "mail.clicked": lambda: _("Click in the mail “%(what)s”"),
    "consent.given": lambda: _("Confirmed the e-mail address"),
    "event.tracked": lambda: _("Event “%(what)s”"),
    "lead.received": lambda: _("Lead form “%(what)s”"),
    "enquiry.received": lambda: _("Enquiry by mail"),
    "mail.replied": lambda: _("Answer to the mail “%(what)s”"),
}
_BEGINNING = {
    "page.viewed": lambda: _("Has looked at “%(what)s”"),
    "link.followed": lambda: _("Has followed “%(what)s”"),
    "form.submitted": lambda: _("Has filled in the form “%(what)s”"),
    "content.downloaded": lambda: _("Has downloaded “%(what)s”"),
    "webinar.registered": lambda: _("Has registered for the webinar “%(what)s”"),
    "webinar.attended": lambda: _("Has attended the webinar “%(what)s”"),
    "mail.opened": lambda: _("Has opened the mail “%(what)s”"),
    "mail.clicked": lambda: _("Has clicked in the mail “%(what)s”"),
    "consent.given": lambda: _("Has confirmed the e-mail address"),
    "lead.received": lambda: _("Has filled in the lead form “%(what)s”"),
    "enquiry.received": lambda: _("Has written to us by mail"),
    "mail.replied": lambda: _("Has answered the mail “%(what)s”"),
}
