"""Cells that no spreadsheet computes: what begins with =, +, -, @ or a tab would be a formula there (CWE-1236).

An apostrophe before it makes it text; spreadsheets do not show it, and the import takes it away again.
"""

from __future__ import annotations

import re

_FORMULA = "=+-@\t\r\n|%"
_PHONE = re.compile(r"\+[\d ()/.\-]{5,25}")


def harmless(cell: str) -> str:
    """For a file that leaves; telephone numbers stay as they are."""
    return f"'{cell}" if cell[:1] in _FORMULA and cell and not _PHONE.fullmatch(cell) else cell


def unharmed(cell: str) -> str:
    """What stood there before `harmless`."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in _FORMULA else cell
