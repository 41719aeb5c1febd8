"""The Austrian list of addresses that want no advertising (§ 7 ECG): read it, ask it. It holds hashes, never addresses.

Known forms: the binary file of SHA-1 digests (20 bytes each, over the small address or `@domain`), and text with a hex
digest in each line: SHA-1 as before, or SHA-512 over the address without dots.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from reif.crm.law.permitted import fitting
from reif.crm.models import Consent, EcgEntry, EcgList
from reif.kit.clock import now
from reif.log.rewrite import rewrite

_HEX = re.compile(rb"^(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{128})$")
STALE_DAYS = 30


class NoEcgList(ValueError):
    """The file is not such a list; the text says what was expected."""


def read_ecg(file: Path) -> int:
    """Take the place of the list that was there. Returns how many entries it has. Raises NoEcgList."""
    digests = _digests(file.read_bytes())
    with transaction.atomic():
        EcgEntry.objects.all().delete()
        EcgEntry.objects.bulk_create((EcgEntry(digest=d) for d in digests), batch_size=2000)
        EcgList.objects.create(read_at=now(), entries=len(digests))
        _fit_again()
    return len(digests)


def listed(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that are on the list, by themselves or by their domain."""
    ways = {digest: a for a in addresses for digest in _ways(a)}
    if not ways:
        return set()
    hits = EcgEntry.objects.filter(digest__in=list(ways)).values_list("digest", flat=True)
    return {ways[digest] for digest in hits}


def _fit_again() -> None:
    """Soft opt-ins keep whether they are enough in Austria; a new list may change that."""
    soft = list(Consent.objects.filter(basis="soft_opt_in", withdrawn_at=None, channel="email"))
    on_it = listed([c.address for c in soft])
    for one in soft:
        one.fits = fitting(one.conditions, one.address in on_it)
    rewrite(soft, ["fits"])


def newest() -> EcgList | None:
    return EcgList.objects.order_by("-id").first()


def _digests(raw: bytes) -> list[str]:
    lines = [line.strip() for line in raw.split(b"\n") if line.strip()]
    if lines and all(_HEX.match(line) for line in lines):
        return sorted({line.decode().lower() for line in lines})
    if raw and len(raw) % 20 == 0 and not raw.isascii():
        return sorted({raw[i : i + 20].hex() for i in range(0, len(raw), 20)})
    raise NoEcgList(
        "This is not an ECG list: expected SHA-1 digests of 20 bytes, or a text with one hex digest in each line."
    )


def _ways(address: str) -> list[str]:
    small = address.strip().lower()
    local, _, domain = small.rpartition("@")
    whole = [small, f"@{domain}"]
    bare = [
        f"{local.replace('.', '')}@{domain.replace('.', '')}",
        f"@{domain.replace('.', '')}",
        domain.replace(".", ""),
    ]
    sha1 = [hashlib.sha1(w.encode(), usedforsecurity=False).hexdigest() for w in whole]
    return sha1 + [hashlib.sha512(w.encode()).hexdigest() for w in bare]
