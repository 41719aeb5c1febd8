"""What a foreign form says about consent, as evidence: the words that were shown there, kept as they came."""

from __future__ import annotations

import hashlib
from typing import Any

from reif.capture.forms.form_file import Form, Permission
from reif.channels.mails import Words

MOST = 5000


class BadLegal(ValueError):
    """The options cannot be read; `kind` is the name of the error in HubSpot's list."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


def ticked(form: Form, options: dict[str, Any]) -> list[Permission]:
    """The permissions that were given there, with the words that were shown there. Raises BadLegal.

    A legitimate interest is kept as evidence and is no permission to mail: in DE, AT and CH that needs a consent.
    """
    consent = options.get("consent")
    if consent is None:
        return []
    if not isinstance(consent, dict):
        raise BadLegal("legalConsentOptions.consent has to be an object", "INVALID_LEGAL_OPTION_FORMAT")
    found = []
    for said in consent.get("communications") or []:
        if not isinstance(said, dict):
            raise BadLegal("communications has to be a list of objects", "INVALID_LEGAL_OPTION_FORMAT")
        if said.get("value") is not True:
            continue
        text = str(said.get("text") or "")[:MOST].strip()
        if not text:
            raise BadLegal("Each communication needs the text that was shown", "MISSING_COMMUNICATION_CONSENT_TEXT")
        found.append(_permission(form, said.get("subscriptionTypeId"), text))
    return found


def evidence(options: dict[str, Any]) -> dict[str, Any]:
    """What is kept, cut to a sensible size."""
    return _cut(options, 4) if options else {}


def _permission(form: Form, subscription: object, text: str) -> Permission:
    own = [c for c in form.consents if c.subscription and c.subscription == subscription] or form.consents
    version = f"sent-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    words = Words(text, text)
    if own:
        return Permission(own[0].purpose, words, version, double=own[0].double)
    return Permission("marketing", words, version)


def _cut(value: Any, depth: int) -> Any:
    if isinstance(value, dict) and depth:
        return {str(k)[:60]: _cut(v, depth - 1) for k, v in list(value.items())[:40]}
    if isinstance(value, list) and depth:
        return [_cut(v, depth - 1) for v in value[:40]]
    return value if isinstance(value, bool | int | float) or value is None else str(value)[:MOST]
