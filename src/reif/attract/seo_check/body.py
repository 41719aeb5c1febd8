"""What is read on the page: headings, pictures, paragraphs, how much there is."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.attract.seo_check.finding import Finding
from reif.attract.seo_check.house import House
from reif.attract.seo_check.page import Checked, Seen

LONG_PARAGRAPH, WITHOUT_HEADING = 110, 300


def headings(page: Checked, seen: Seen, _house: House) -> Iterator[Finding]:
    firsts = [words for level, words in seen.headings if level == 1]
    if not firsts:
        sentence = _("There is no heading of the first level.")
        yield Finding("h1-missing", "bad", sentence, _("Give the page one heading that says what it is about."))
    elif len(firsts) > 1:
        sentence = _("There are %(n)s headings of the first level: “%(words)s”.")
        words = {"n": len(firsts), "words": _short(firsts[1])}
        yield Finding("h1-many", "bad", sentence % words, _("Keep one; make the others ## headings."))
    if any(not words for _level, words in seen.headings):
        yield Finding("heading-empty", "warn", _("A heading is empty."), _("Write its words, or delete it."))
    yield from _steps(seen)
    if seen.words > WITHOUT_HEADING and not any(level > 1 for level, _words in seen.headings):
        sentence = _("%(n)s words stand there without a heading between them.") % {"n": seen.words}
        yield Finding(
            "heading-none", "warn", sentence, _("Put a ## heading before each thought: most people read those first.")
        )


def _steps(seen: Seen) -> Iterator[Finding]:
    for (above, _words), (level, words) in zip(seen.headings, seen.headings[1:], strict=False):
        if level > above + 1:
            sentence = _("“%(words)s” is a heading of level %(level)s below one of level %(above)s.")
            remedy = _("Use one more # at a time, so that readers with screen readers find their way.")
            yield Finding(
                "heading-order", "warn", sentence % {"words": _short(words), "level": level, "above": above}, remedy
            )
            return


def pictures(_page: Checked, seen: Seen, _house: House) -> Iterator[Finding]:
    silent = [source for source, alt in seen.pictures if alt is None]
    if silent:
        sentence = ngettext(
            "%(n)s picture has no description: %(name)s.",
            "%(n)s pictures have no description, the first is %(name)s.",
            len(silent),
        ) % {"n": len(silent), "name": _short(silent[0].rsplit("/", 1)[-1])}
        yield Finding(
            "alt-missing", "bad", sentence, _("Say in the square brackets what it shows: ![Two people at a desk](…).")
        )
    foreign = [source for source, _alt in seen.pictures if source.startswith(("http:", "https:", "//"))]
    if foreign:
        sentence = _("A picture of another site is not shown: %(name)s.") % {"name": _short(foreign[0])}
        yield Finding(
            "picture-foreign", "bad", sentence, _("Upload it to the library; visitors are not told on to others.")
        )


def length(page: Checked, seen: Seen, _house: House) -> Iterator[Finding]:
    if seen.words < page.thin:
        sentence = ngettext("The page has only %(n)s word.", "The page has only %(n)s words.", seen.words) % {
            "n": seen.words
        }
        remedy = _("Answer one more question that readers have; below %(n)s words few pages are found.") % {
            "n": page.thin
        }
        yield Finding("text-thin", "warn", sentence, remedy)


def paragraphs(_page: Checked, seen: Seen, _house: House) -> Iterator[Finding]:
    long = [(n, words) for words in seen.paragraphs if (n := len(words.split())) > LONG_PARAGRAPH]
    if long:
        words = {"n": long[0][0], "words": _short(long[0][1])}
        sentence = _("A paragraph has %(n)s words: “%(words)s”.") % words
        yield Finding(
            "paragraph-long", "warn", sentence, _("Break it where a new thought begins, or make a list of it.")
        )


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
