"""What the playbook in force says about sending: limits, hours, and who writes."""

from __future__ import annotations

from typing import cast

from reif.channels.mails import Limits, Mails, Sender
from reif.playbook.current import current


def mails() -> Mails:
    return cast(Mails, current("mails"))


def limits() -> Limits:
    return mails().limits


def sender() -> Sender:
    return mails().sender
