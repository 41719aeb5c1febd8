"""The word that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _


def closest(word: str, words: Iterable[str]) -> str:
    """“Did you mean …?” with the closest word, or nothing."""
    found = get_close_matches(word.casefold(), list(words), 1, 0.5)
    return _("Did you mean “%(word)s”?") % {"word": found[0]} if found else ""
