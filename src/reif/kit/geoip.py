"""Which country an internet address is in, from a MaxMind file when the operator has one. The address is not kept."""

from __future__ import annotations

import logging
import os
from functools import cache
from ipaddress import ip_address
from pathlib import Path

import maxminddb

log = logging.getLogger("reif.geoip")


def country_of(ip: str | None) -> str:
    """ISO 3166-1 alpha-2; empty without a file, for an address that the file does not know, and for what is none."""
    reader = _reader() if ip else None
    if reader is None:
        return ""
    try:
        found = reader.get(ip_address(str(ip)))
    except (ValueError, maxminddb.InvalidDatabaseError):
        return ""
    return _code(found)


def _code(found: object) -> str:
    """Files of countries and of cities say the country alike; some know only where the network is registered."""
    for name in ("country", "registered_country"):
        part = found.get(name) if isinstance(found, dict) else None
        code = part.get("iso_code") if isinstance(part, dict) else None
        if isinstance(code, str) and len(code) == 2:
            return code.upper()
    return ""


@cache
def _reader() -> maxminddb.Reader | None:
    """Opened once a process; a new file is read after a restart."""
    path = os.environ.get("REIF_GEOIP", "")
    if not path:
        return None
    try:
        return maxminddb.open_database(Path(path))
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        log.warning("REIF_GEOIP cannot be read: %s", error)
        return None
