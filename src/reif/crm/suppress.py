"""Addresses that get nothing more, or no advertising. Only a keyed hash is kept, so the list can outlive an erasure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from reif.crm.models import Suppression
from reif.kit.clock import now

DEAD = ("hard_bounce", "complaint")
"""Nothing reaches these: not even what they ask for."""
UNWANTED = ("objected", "erased")
"""No advertising, until their owner agrees anew."""


def suppress(addresses: Iterable[tuple[str, str]], reason: str) -> None:
    """Pairs of address and SMTP code. An address that is listed for this reason gets the new date."""
    rows = [Suppression(address_hash=hashed(a), reason=reason, code=c[:16], since=now()) for a, c in addresses if a]
    Suppression.objects.bulk_create(
        {row.address_hash: row for row in rows}.values(), update_conflicts=True,
        unique_fields=["address_hash", "reason"], update_fields=["since", "code"],
    )  # fmt: skip


def suppressed(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that nothing must be sent to."""
    return {address for address, (reason, _since) in _listed(addresses, DEAD).items() if reason}


def unwanted(addresses: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """Those that want no advertising: why, and since when."""
    return _listed(addresses, UNWANTED)


def _listed(addresses: Iterable[str], reasons: tuple[str, ...]) -> dict[str, tuple[str, datetime]]:
    by_hash = {hashed(a): a for a in addresses if a}
    found: dict[str, tuple[str, datetime]] = {}
    hashes = list(by_hash)
    for i in range(0, len(hashes), 5000):
        rows = Suppression.objects.filter(address_hash__in=hashes[i : i + 5000], reason__in=reasons).order_by("since")
        found |= {by_hash[h]: (r, at) for h, r, at in rows.values_list("address_hash", "reason", "since")}
    return found


def hashed(address: str) -> str:
    """The same for an address in any case, and of no use without the key of this installation."""
    plain = f"suppress\0{address.strip().lower()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), plain, hashlib.sha256).hexdigest()
