"""A form for something that has taken place: it says so, and takes nobody in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reif.capture.forms.form_file import Form
from reif.kit import shelf
from reif.kit.clock import now


def over(form: Form) -> str:
    """Why this form takes nobody any more, as a sentence; empty while it does."""
    if form.closed:
        return _("This form is closed. Thank you for your interest.")
    seat = shelf.seat(form.does.webinar) if form.does.webinar else None
    if seat is None or seat.starts_at > now():
        return ""
    return _("This webinar has already taken place. The next date will be announced on this page.")
