"""One way to compare text: what a person would call the same word, whatever the database thinks.

SQLite's LIKE and lower() fold ASCII only, and PostgreSQL's depend on the collation, so text that is compared is
folded here before it is stored and before it is asked for.
"""

from __future__ import annotations

import unicodedata

_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"}
)


def fold(text: str | None) -> str:
    """`Müller` and `MUELLER` and `mu\u0308ller` all become `mueller`; accents go, blanks are squeezed.

    Source: DIN 5007-2 spells umlauts out; other marks are dropped after NFKD (Unicode TR 15).
    """
    if not text:
        return ""
    if text.isascii():
        return " ".join(text.lower().split())
    composed = unicodedata.normalize("NFKC", text).casefold()
    spelled = unicodedata.normalize("NFC", composed).translate(_SPELLED)
    plain = "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
    return " ".join(plain.split())
