"""A proof of work instead of a captcha: the browser computes for a moment, and no other company hears of the visitor.

Made with ALTCHA's first scheme: find the number whose SHA-256 together with a salt is known. A proof belongs to one
ticket. Who cannot compute (no script, an old browser) may wait instead: a ticket that is old enough passes as well.
"""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from altcha.v1 import ChallengeOptions, Payload, create_challenge, verify_solution
from django.conf import settings

from reif.capture.forms.form_file import Form
from reif.capture.forms.ticket import Ticket
from reif.capture.throttle import POSTS
from reif.kit.clock import now

HARDEST = 60_000
"""Numbers to try at most: about a quarter of a second of a telephone."""
PATIENCE = timedelta(seconds=20)
LIFE = timedelta(days=1)


def needed(form: Form, address: str) -> bool:
    """Whether this form, from this address, has to come with a proof."""
    return form.proof == "always" or (form.proof == "busy" and POSTS.strained(address))


def challenge(ticket: str) -> str:
    """What the browser has to solve for this ticket, as JSON."""
    options = ChallengeOptions(
        algorithm="SHA-256", max_number=HARDEST, hmac_key=_key(), expires=now() + LIFE, params={"ticket": _tail(ticket)}
    )
    made = create_challenge(options)
    return json.dumps({
        "algorithm": made.algorithm, "challenge": made.challenge, "salt": made.salt, "signature": made.signature,
        "maxnumber": HARDEST,
    })  # fmt: skip


def proven(solution: str, ticket: str) -> bool:
    """Whether somebody computed for this very ticket."""
    try:
        told: dict[str, Any] = json.loads(base64.b64decode(solution[:4000], validate=True))
        salt = parse_qs(str(told["salt"]).partition("?")[2])
        own = salt.get("ticket", [""])[0].rstrip("&") == _tail(ticket)
        payload = Payload(*(told[name] for name in ("algorithm", "challenge", "number", "salt", "signature")))
        return own and verify_solution(payload, _key(), check_expires=True)[0]
    except (ValueError, KeyError, TypeError):
        return False


def patient(ticket: Ticket) -> bool:
    """Whether whoever cannot compute has waited long enough."""
    return now() - ticket.shown_at >= PATIENCE


def _tail(ticket: str) -> str:
    """The signature of the ticket: short, and nobody else's."""
    return ticket.rpartition(".")[2]


def _key() -> str:
    return f"proof:{settings.SECRET_KEY}"
