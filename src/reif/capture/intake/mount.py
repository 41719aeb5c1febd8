"""Everything of the intake that the rest of the house is told when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reif.capture.intake.fetch import CHANNEL, drain
from reif.capture.intake.mail.take import mailbox_paused, take_mail
from reif.channels.imap.poll import hold_mails, receive_mails
from reif.log.outbox import channel
from reif.staff.nav import entry


def mount() -> None:
    """Leads are fetched, mails are taken, and there is a page for both."""
    channel(CHANNEL, drain)
    receive_mails(take_mail)
    hold_mails(mailbox_paused)
    roles = {"admin", "marketing", "analyst"}
    entry("connections", _("Connections"), "capture:connections", "plug", roles, order=38, group="grow")
