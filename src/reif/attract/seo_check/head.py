"""What is read before the page is opened: title, description, address, picture."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reif.attract.seo_check.finding import Finding
from reif.attract.seo_check.house import House
from reif.attract.seo_check.page import Checked, Seen
from reif.attract.seo_check.width import DESCRIPTION_MOST, DESCRIPTION_SIZE, TITLE_MOST, TITLE_SIZE, pixels

TITLE_LEAST, DESCRIPTION_LEAST, SLUG_MOST = 20, 70, 75


def title(page: Checked, _seen: Seen, house: House) -> Iterator[Finding]:
    words = page.title.strip()
    if not words:
        yield Finding(
            "title-missing", "bad", _("The page has no title."), _("Write what one gets here, in about ten words.")
        )
        return
    width = pixels(words, TITLE_SIZE)
    if width > TITLE_MOST:
        sentence = _("The title is about %(width)s pixels wide; results cut it at about %(most)s.")
        remedy = _("Shorten it by about %(n)s letters, or put what matters first.")
        over = max(1, round((width - TITLE_MOST) / (width / len(words))))
        yield Finding("title-long", "warn", sentence % {"width": width, "most": TITLE_MOST}, remedy % {"n": over})
    elif len(words) < TITLE_LEAST:
        sentence = _("The title has only %(n)s letters.") % {"n": len(words)}
        yield Finding(
            "title-short", "warn", sentence, _("Say for whom it is or what it brings; there is room for about 55.")
        )
    if other := house.same_title(page):
        sentence = _("“%(path)s” has the same title.") % {"path": other}
        yield Finding("title-twice", "bad", sentence, _("Give each page a title of its own, or join the two."))


def description(page: Checked, _seen: Seen, _house: House) -> Iterator[Finding]:
    words = page.description.strip()
    if not words:
        sentence = _("There is no description; search engines take any sentence of the page.")
        yield Finding("description-missing", "bad", sentence, _("Write two sentences that make one want to read on."))
        return
    width = pixels(words, DESCRIPTION_SIZE)
    if width > DESCRIPTION_MOST:
        sentence = _("The description has %(n)s letters and is cut after about %(most)s.")
        most = round(len(words) * DESCRIPTION_MOST / width)
        remedy = _("Say the main thing in the first sentence, and shorten the rest.")
        yield Finding("description-long", "warn", sentence % {"n": len(words), "most": most}, remedy)
    elif len(words) < DESCRIPTION_LEAST:
        sentence = _("The description has only %(n)s letters.") % {"n": len(words)}
        yield Finding(
            "description-short", "warn", sentence, _("There is room for about 150: name what one learns, and for whom.")
        )


def address(page: Checked, _seen: Seen, _house: House) -> Iterator[Finding]:
    if len(page.slug) > SLUG_MOST:
        sentence = _("The address has %(n)s letters.") % {"n": len(page.slug)}
        yield Finding("slug-long", "hint", sentence, _("Three to five words are enough, and easier to pass on."))


def cover(page: Checked, _seen: Seen, _house: House) -> Iterator[Finding]:
    if not page.cover:
        sentence = _("There is no cover; networks show the drawn picture when somebody shares the page.")
        yield Finding("cover-missing", "hint", sentence, _("Choose a picture that shows what it is about."))
