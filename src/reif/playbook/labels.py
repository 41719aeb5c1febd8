"""The keys of playbook files as people read them on pages. A key without a line here is shown as it stands in the file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Any] = {
    "axis": _("Axis"),
    "body": _("Text"),
    "button": _("Button"),
    "cap": _("At most"),
    "colour": _("Colour"),
    "company": _("Company"),
    "country": _("Country"),
    "days": _("Days"),
    "directors": _("Directors"),
    "escalate": _("Escalate"),
    "exit": _("Ends when"),
    "fallback": _("Everybody else"),
    "fit": _("Points for the profile"),
    "from_address": _("From address"),
    "from_name": _("From"),
    "goal": _("Goal"),
    "group": _("Group"),
    "heading": _("Heading"),
    "hours": _("Hours"),
    "journey": _("Journeys"),
    "kind": _("Kind"),
    "limits": _("Limits"),
    "mail": _("Mail"),
    "minutes": _("Working minutes"),
    "model": _("Model"),
    "most": _("At most"),
    "mql": _("MQL"),
    "on": _("For"),
    "once": _("Once only"),
    "ownership": _("Account owners first"),
    "ownership_sla": _("SLA of account owners"),
    "people": _("People"),
    "per_day": _("At most per day"),
    "pick": _("Choice"),
    "points": _("Points"),
    "preheader": _("Preview line"),
    "remind_at": _("Reminder at percent"),
    "reply_to": _("Answers to"),
    "reroute": _("Pass on when broken"),
    "rest_days": _("Days of rest after a recycle"),
    "rounds": _("Sellers in all"),
    "rule": _("Rules"),
    "segment": _("Segments"),
    "sender": _("Sender"),
    "signature": _("Signature"),
    "sla": _("SLA"),
    "sql": _("SQL"),
    "start": _("Start"),
    "steps": _("Steps"),
    "subject": _("Subject"),
    "team": _("Team"),
    "text": _("Text"),
    "times": _("At most in all"),
    "topic": _("Topic"),
    "wait": _("Wait"),
    "weights": _("Weights"),
    "when": _("Condition"),
}


def label(key: str) -> str:
    """The words of a key in the active language."""
    return str(LABELS.get(key, key))
