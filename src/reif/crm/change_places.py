"""What people carry of the scoring that counts, and of the one that is reckoned, change places, for everybody at once.

Every list is sorted and every condition reads by these columns, so they cannot wait for a piece each. Many people have
them change their names instead of what is in them: that takes as long for a million as for one.
"""

from __future__ import annotations

from django.db import OperationalError, connection

from reif.crm.models import Person

NOW, NEXT = "", "next_"
MIRROR = ("score", "fit", "engagement", "grade", "excluded")
FEW = 5000
"""Up to so many people, it is quicker to write than to rename."""
PATIENCE = 1200
"""Milliseconds that PostgreSQL waits for those who use people just now; after a second it sends its own cleaner away."""
_WRITE = f"""UPDATE crm_person SET {", ".join(f"{a} = {NEXT}{a}, {NEXT}{a} = {a}" for a in MIRROR)}
WHERE ({", ".join(MIRROR)}) <> ({", ".join(NEXT + c for c in MIRROR)})"""


class SomebodyReads(Exception):
    """People are being read by a long transaction; nothing was changed, and it can be tried again."""


def change_places() -> None:
    """Call it inside `writing()`, and alone. Raises SomebodyReads."""
    many = Person.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with connection.cursor() as cursor:
        if many <= FEW:
            cursor.execute(_WRITE)
            return
        if connection.vendor == "postgresql":
            _keep_out()
        for one in MIRROR:
            for was, is_ in ((one, f"was_{one}"), (NEXT + one, one), (f"was_{one}", NEXT + one)):
                cursor.execute(f"ALTER TABLE crm_person RENAME COLUMN {was} TO {is_}")


def _keep_out() -> None:
    """Nobody reads people until the commit. What is still to be checked of them is checked now, or no name may change."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
        try:
            cursor.execute("LOCK TABLE crm_person IN ACCESS EXCLUSIVE MODE")
        except OperationalError as late:
            raise SomebodyReads from late
        cursor.execute("SET LOCAL lock_timeout = 0; SET CONSTRAINTS ALL DEFERRED")
