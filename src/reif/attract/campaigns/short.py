"""Short codes, QR pictures, and counting who followed."""

from __future__ import annotations

import io
import re
import secrets
from datetime import date

import segno
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from reif.attract.models import Link
from reif.kit.clock import now

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 8
CODE = re.compile(r"^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])?$")
LEVELS = {"l": "7 %", "m": "15 %", "q": "25 %", "h": "30 %"}
QUIET = 4
_ADD = """INSERT INTO attract_linkday (link_id, day, people, machines) VALUES (%s, %s, %s, %s)
ON CONFLICT (link_id, day) DO UPDATE SET people = attract_linkday.people + excluded.people,
machines = attract_linkday.machines + excluded.machines"""


def new_code() -> str:
    """Eight letters and digits without those that look alike: 31^8, so that nobody finds links by trying."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def expired(link: Link) -> bool:
    return link.expires_on is not None and timezone.localdate(now()) > link.expires_on


def count_click(link: Link, machine: bool, day: date | None = None) -> None:
    """One more today. A database that is busy costs a count, never the visitor's way."""
    today = connection.ops.adapt_datefield_value(day or timezone.localdate(now()))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ADD, [link.pk, today, int(not machine), int(machine)])
    except DatabaseError:
        return


def qr(address: str, level: str = "m", form: str = "svg") -> bytes:
    """The address as a QR picture with the quiet zone that the standard asks for. level: of LEVELS; form: svg or png."""
    out = io.BytesIO()
    made = segno.make(address, error=level, micro=False, boost_error=False)
    if form == "png":
        made.save(out, kind="png", scale=16, border=QUIET)
    else:
        made.save(out, kind="svg", scale=8, border=QUIET, xmldecl=True, dark="#000", light="#fff")
    return out.getvalue()
