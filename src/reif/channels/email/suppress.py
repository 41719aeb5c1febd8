"""Addresses that get nothing more. Only a keyed hash is kept, so the list can outlive the person's erasure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings

from reif.channels.models import Suppression
from reif.kit.clock import now


def suppress(addresses: Iterable[tuple[str, str]], reason: str) -> None:
    """Pairs of address and SMTP code. An address that is listed stays as it is."""
    rows = [Suppression(address_hash=_hash(a), reason=reason, code=c[:16], since=now()) for a, c in addresses]
    Suppression.objects.bulk_create(rows, ignore_conflicts=True)


def suppressed(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that are listed."""
    by_hash = {_hash(a): a for a in addresses}
    listed = Suppression.objects.filter(address_hash__in=by_hash).values_list("address_hash", flat=True)
    return {by_hash[h] for h in listed}


def _hash(address: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"suppress\0{address.lower()}".encode(), hashlib.sha256).hexdigest()
