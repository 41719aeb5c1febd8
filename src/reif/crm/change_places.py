"""What people carry of the scoring that counts, and of the one that is reckoned, change places, for everybody at once.

Every list is sorted and every condition reads by these columns, so they cannot wait for a piece each. Many people have
them change their names instead of what is in them: that takes as long for a million as for one.
"""

from __future__ import annotations

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from reif.crm.models import Person

NOW, NEXT = "", "next_"
MIRROR = ("score", "fit", "engagement", "grade", "excluded")
FEW = 5000
"""Up to so many people, it is quicker to write than to rename."""
PATIENCE = 100
"""Milliseconds that PostgreSQL waits for those who use people just now, for whoever comes later waits as long."""
TENDED = 3000
"""Milliseconds that it waits for whoever tends the table, while people are read and written as ever. An autovacuum gives
way to who has waited for a second (PostgreSQL's deadlock_timeout), and would not to who waits less.
"""
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
        elif connection.vendor == "postgresql":
            _keep_out(cursor)
            cursor.execute(_rename())
        else:
            _rewrite_schema(cursor)


def _keep_out(cursor: CursorWrapper) -> None:
    """Nobody reads people until the commit. What is still to be checked of them is checked now, or no name may change."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    try:
        for mode, patience in (("SHARE UPDATE EXCLUSIVE", TENDED), ("ACCESS EXCLUSIVE", PATIENCE)):
            cursor.execute(f"SET LOCAL lock_timeout = {patience}")
            cursor.execute(f"LOCK TABLE crm_person IN {mode} MODE")
    except OperationalError as late:
        raise SomebodyReads from late
    cursor.execute("SET LOCAL lock_timeout = 0; SET CONSTRAINTS ALL DEFERRED")


def _rename() -> str:
    steps = [step for one in MIRROR for step in ((one, f"was_{one}"), (NEXT + one, one), (f"was_{one}", NEXT + one))]
    return ";".join(f"ALTER TABLE crm_person RENAME COLUMN {was} TO {is_}" for was, is_ in steps)


def _rewrite_schema(cursor: CursorWrapper) -> None:
    """As SQLite's documentation of ALTER TABLE has it for changes that no row feels. Fifteen times RENAME COLUMN reads the
    whole schema thirty times, which takes a fifth of a second, or a whole one where the processor is busy.
    """
    sql = "sql"
    for one in MIRROR:
        for was, is_ in ((one, f"was {one}"), (NEXT + one, one), (f"was {one}", NEXT + one)):
            sql = f"""replace({sql}, '"{was}"', '"{is_}"')"""
    cursor.execute("PRAGMA schema_version")
    version = cursor.fetchone()[0]
    cursor.execute("PRAGMA writable_schema = ON")
    try:
        cursor.execute(f"UPDATE sqlite_schema SET sql = {sql} WHERE tbl_name = 'crm_person'")
        cursor.execute(f"PRAGMA schema_version = {version + 1}")
    finally:
        cursor.execute("PRAGMA writable_schema = OFF")
