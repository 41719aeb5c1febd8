"""Several steps: what was answered before travels along, signed, so that it works without a script and a session."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from django.conf import settings

from reif.capture.forms.conditions import Raw, Step, asked, steps
from reif.capture.forms.form_file import Field
from reif.kit import token
from reif.kit.clock import now

PURPOSE = "steps"
MOST = 200_000


def sealed(raw: Raw, names: Sequence[str], ticket: str) -> str:
    """The answers so far, bound to the ticket of the form."""
    told = {name: list(raw[name]) for name in names if raw.get(name)}
    packed = urlsafe_b64encode(zlib.compress(json.dumps(told).encode())).decode()
    return token.sign(settings.SECRET_KEY, PURPOSE, ticket[-22:], packed)


def opened(text: str, ticket: str) -> dict[str, list[str]]:
    """The answers so far; nothing when the text is not ours or of another form."""
    if not text:
        return {}
    try:
        tail, packed = token.read(settings.SECRET_KEY, PURPOSE, text[:MOST], now())
    except (token.BadToken, ValueError):
        return {}
    if tail != ticket[-22:]:
        return {}
    inside = zlib.decompressobj()
    found: dict[str, list[str]] = json.loads(inside.decompress(urlsafe_b64decode(str(packed)), 4 * MOST))
    return found


def stages(fields: Sequence[Field], raw: Raw) -> list[Step]:
    """The steps that have something to ask, after the answers so far. A step hidden by a condition is passed over."""
    wanted = {id(f) for f in asked([f for f in fields if f.asks], raw)}
    kept = []
    for step in steps(fields):
        shown = [f for f in step.fields if not f.asks or id(f) in wanted or _may_come(f, step)]
        if any(f.asks for f in shown):
            kept.append(Step(step.title, shown))
    return kept or steps(fields)[:1]


def _may_come(field: Field, step: Step) -> bool:
    """Its condition looks at a field of the same step, so the browser decides."""
    return field.show is not None and any(field.show.field == other.name for other in step.fields)
