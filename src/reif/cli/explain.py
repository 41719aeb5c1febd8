"""`reif explain touch`: what a visit would be counted as, and why, as JSON."""

from __future__ import annotations

import argparse
import sys
from typing import Any

import msgspec


def add(commands: Any) -> None:
    subjects = commands.add_parser("explain", help="say why").add_subparsers(dest="subject", required=True)
    parser = subjects.add_parser("touch", help="source, campaign, bot or not")
    parser.add_argument("--url", required=True, help="the address that was visited, with its query")
    parser.add_argument("--referrer", default="", help="where the visit came from")
    parser.add_argument("--agent", default=None, help="the browser's User-Agent; an empty one is a machine's")
    parser.set_defaults(run=touch)


def touch(given: argparse.Namespace) -> int:
    """Print the touch; whatever stands in the address, the answer is JSON."""
    from django.conf import settings

    from reif.capture.sources.source import host_of
    from reif.capture.sources.source import touch as classify

    found = classify(given.url, given.referrer, given.agent, own=(host_of(settings.BASE_URL),))
    text = msgspec.json.format(msgspec.json.encode(_told(found, given.agent)), indent=2).decode()
    sys.stdout.write(f"{text}\n")
    return 0


def _told(found: Any, agent: str | None) -> dict[str, Any]:
    return {
        "source": found.source, "source_detail_1": found.detail_1, "source_detail_2": found.detail_2,
        "campaign": found.campaign, "utm": found.utm,
        "click_id": dict(zip(("name", "value"), found.click_id, strict=True)) if found.click_id else None,
        "internal": found.internal, "spam": found.spam, "bot": bool(found.machine),
        "why": [*found.why, *_about_the_agent(found, agent)],
    }  # fmt: skip


def _about_the_agent(found: Any, agent: str | None) -> list[str]:
    if found.machine:
        return [f"a machine: {found.machine}"]
    return ["no user agent was given: taken for a person"] if agent is None else ["the agent is a person's browser"]
