"""Keys of other software: made once, shown once, kept as a hash; each may do what its scopes say and no more."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from reif.kit.body import TooBig, read_body
from reif.kit.clock import now
from reif.staff.api.problem import Problem, plain
from reif.staff.api.rate import spend
from reif.staff.models import ApiKey, User

START = "reif_"
MOST_BYTES = 5 * 1024 * 1024


class Bearer(HttpBearer):
    """Asks for a key with one scope, and counts the call."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:
        """The key; raises the Problem that says why not."""
        key = ApiKey.objects.filter(hash=_hash(token.strip())).first()
        if key is None:
            raise Problem(401, "unknown-key", _("This key is not known here."), WWW_Authenticate="Bearer")
        if not key.works(now()):
            raise Problem(401, "ended-key", _("This key was revoked or has expired."), WWW_Authenticate="Bearer")
        if self.scope not in key.scopes:
            words = _("This key lacks the scope %(scope)s.") % {"scope": self.scope}
            raise Problem(403, "missing-scope", words)
        request.rate = spend(key.pk)  # type: ignore[attr-defined]
        _used(key)
        _read(request)
        return key


def make_key(name: str, scopes: Iterable[str], by: User | None = None, days: int | None = None) -> tuple[ApiKey, str]:
    """The row, and the key itself, which nobody can read again."""
    token = START + secrets.token_urlsafe(32)
    moment = now()
    row = ApiKey.objects.create(
        name=name.strip()[:100], prefix=token[:12], hash=_hash(token), scopes=sorted(set(scopes)), created_by=by,
        created_at=moment, expires_at=moment + timedelta(days=days) if days else None,
    )  # fmt: skip
    return row, token


def revoke(key: ApiKey, at: datetime | None = None) -> bool:
    """It works no more. True the first time."""
    return bool(ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at or now()))


def _hash(token: str) -> str:
    """Keys are 256 random bits, so a plain hash keeps them as well as a slow one would."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _read(request: HttpRequest) -> None:
    """The body, up to five megabytes, now that the caller is known."""
    try:
        read_body(request, MOST_BYTES)
    except TooBig:
        raise plain(413) from None


def _used(key: ApiKey) -> None:
    """When it was last used, to the minute: reads shall not write each time."""
    moment = now()
    if key.last_used_at is None or moment - key.last_used_at > timedelta(minutes=1):
        stale = Q(last_used_at=None) | Q(last_used_at__lt=moment - timedelta(minutes=1))
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=moment)
