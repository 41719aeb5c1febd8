"""Which pictures there are to choose from."""

from __future__ import annotations

from django.utils.text import slugify

from reif.attract.models import Picture
from reif.kit.fold import fold
from reif.staff.keyset import Page, keyset_page

SIZE = 24
DRAWN = ("", "-b", "-c", "-d", "-e", "-f")


def found(words: str, after: str) -> Page:
    """The newest first; with words, those whose name or description has each of them."""
    pictures = Picture.objects.all()
    for word in fold(words).split()[:5]:
        pictures = pictures.filter(folded__contains=word)
    return keyset_page(pictures, after, "added_at", size=SIZE)


def drawn_choices(word: str) -> list[str]:
    """Some drawn pictures for a word; none when there is no word."""
    seed = slugify(word)[:50].strip("-")
    return [f"{seed}{end}" for end in DRAWN] if seed else []
