"""What no field may contain, whatever it is for, and the error that says so."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

TAG = re.compile(r"<\s*[a-zA-Z/!?]|(?:java|vb)script\s*:|\bdata\s*:\s*text/html", re.I)
DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""))
JOINERS = frozenset("\u200c\u200d")
HEAP = 4
"""More marks than this on one letter are no language's."""


class Wrong(ValueError):
    """A value that cannot stay; the text is the sentence to show."""


def clean(value: str) -> str:
    """Composed, without invisible characters that come along when text is copied, and without blanks at the ends."""
    return unicodedata.normalize("NFC", value).translate(INVISIBLE).strip()


def refuse(value: str, longest: int, lines: bool = False) -> None:
    """Raises Wrong. lines: line breaks and tabs are fine."""
    if len(value) > longest:
        raise Wrong(_("Please use at most %(number)s characters.") % {"number": longest})
    if not lines and ("\n" in value or "\r" in value):
        raise Wrong(_("Line breaks are not possible here."))
    if DIRECTION & set(value):
        raise Wrong(_("The text has invisible characters that turn its direction. Please type it again."))
    if not _readable(value, lines):
        raise Wrong(_("The text has characters that cannot be read. Please type it again."))
    if TAG.search(value):
        raise Wrong(_("Please write without HTML or scripts."))


def _readable(value: str, lines: bool) -> bool:
    marks = 0
    for letter in value:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > HEAP or letter == "\ufffd" or (category in ("Cs", "Co", "Cn")):
            return False
        if category == "Cc" and not (lines and letter in "\n\r\t"):
            return False
        if category == "Cf" and letter not in JOINERS and not "\U000e0020" <= letter <= "\U000e007f":
            return False
    return True
