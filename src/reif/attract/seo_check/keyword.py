"""Does the page speak of what it wants to be found for, and not too often?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reif.attract.seo_check.finding import Finding
from reif.attract.seo_check.house import House
from reif.attract.seo_check.page import Checked, Seen
from reif.kit.fold import fold

STUFFED_SHARE, STUFFED_LEAST = 0.035, 7
_WORD = re.compile(r"[a-z0-9]+")


def keyword(page: Checked, seen: Seen, _house: House) -> Iterator[Finding]:
    wanted = page.keyword.strip()
    if not wanted:
        sentence = _("No keyword is set.")
        yield Finding(
            "keyword-none", "hint", sentence, _("Enter what people type who look for this, and it is checked too.")
        )
        return
    words = {"keyword": wanted}
    for code, level, place, sentence, remedy in _places(page, seen):
        if not holds(place, wanted):
            yield Finding(code, level, sentence % words, remedy)  # type: ignore[arg-type]
    yield from _stuffed(wanted, seen)


def _places(page: Checked, seen: Seen) -> list[tuple[str, str, str, str, str]]:
    lower = " ".join(words for level, words in seen.headings if level > 1)
    first = seen.paragraphs[:1] or [seen.text[:400]]
    if len(first[0].split()) < 40:
        first = seen.paragraphs[:2] or first  # a teaser and the paragraph below it are read as one
    return [
        ("keyword-title", "bad", page.title, _("“%(keyword)s” is not in the title."),
         _("Put it in, as far to the front as it sounds natural.")),
        ("keyword-first", "warn", " ".join(first), _("“%(keyword)s” is not in the first paragraph."),
         _("Name it at once: who comes from a search wants to see it.")),
        ("keyword-description", "warn", page.description, _("“%(keyword)s” is not in the description."),
         _("Use it once; results print it bold.")),
        ("keyword-slug", "hint", page.slug.replace("-", " "), _("“%(keyword)s” is not in the address."),
         _("Change the address; the old one leads on to it.")),
        ("keyword-headings", "hint", lower, _("“%(keyword)s” is in no heading of the text."),
         _("Use it in one of them, where it fits.")),
    ]  # fmt: skip


def _stuffed(wanted: str, seen: Seen) -> Iterator[Finding]:
    times = _times(seen.text, wanted)
    share = times * max(1, len(_WORD.findall(fold(wanted)))) / max(1, seen.words)
    if times >= STUFFED_LEAST and share > STUFFED_SHARE:
        sentence = _("“%(keyword)s” stands there %(n)s times in %(words)s words.")
        remedy = _("Say it in other words here and there; repeating it that often puts readers off and helps nothing.")
        yield Finding(
            "keyword-stuffed", "warn", sentence % {"keyword": wanted, "n": times, "words": seen.words}, remedy
        )


def holds(text: str, wanted: str) -> bool:
    """Each word of the keyword begins or is inside one of the text's; endings may differ, as in German they do."""
    have = _WORD.findall(fold(text))
    return all(any(_stem(word) in other for other in have) for word in _WORD.findall(fold(wanted)))


def _times(text: str, wanted: str) -> int:
    stems = [_stem(word) for word in _WORD.findall(fold(wanted))]
    have = _WORD.findall(fold(text))
    size = len(stems)
    return (
        sum(all(s in w for s, w in zip(stems, have[i : i + size], strict=True)) for i in range(len(have) - size + 1))
        if size
        else 0
    )


def _stem(word: str) -> str:
    return word[:-2] if len(word) > 7 else word[:-1] if len(word) > 5 else word
