"""Where the links of a page lead."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reif.attract.seo_check.finding import Finding
from reif.attract.seo_check.house import House
from reif.attract.seo_check.page import Checked, Seen
from reif.kit.fold import fold

EMPTY_WORDS = {
    "hier", "hier klicken", "klicken sie hier", "klick hier", "link", "mehr", "weiterlesen", "mehr erfahren",
    "here", "click here", "this link", "more", "read more", "learn more",
}  # fmt: skip


def links(page: Checked, seen: Seen, house: House) -> Iterator[Finding]:
    yield from _broken(page, seen, house)
    inside = [path for href, _words in seen.links if (path := house.inside(href)) and path != page.path]
    if not inside:
        sentence = _("No link leads to another page of this site.")
        yield Finding(
            "link-none", "warn", sentence, _("Link to what one wants to know next: an article, an offer, the prices.")
        )
    empty = [words for _href, words in seen.links if fold(words) in EMPTY_WORDS]
    if empty:
        sentence = _("A link is only called “%(words)s”.") % {"words": empty[0]}
        yield Finding("link-words", "hint", sentence, _("Let the words say where it leads."))


def _broken(page: Checked, seen: Seen, house: House) -> Iterator[Finding]:
    wanted = dict.fromkeys(href for href, _words in seen.links)
    known = house.existing([path for href in wanted if (path := house.inside(href))])
    for href in wanted:
        path = house.inside(href)
        if path and path not in known:
            if house.coming(path):
                sentence = _("“%(path)s” is not public yet.") % {"path": path}
                yield Finding("link-coming", "warn", sentence, _("Publish it before this page, or take the link out."))
            else:
                sentence = _("The link to “%(path)s” leads nowhere.") % {"path": path}
                yield Finding("link-broken", "bad", sentence, _("Correct the address, or take the link out."))
        elif href.startswith("#") and len(href) > 1 and href[1:] not in seen.anchors:
            sentence = _("The link to “%(path)s” finds no such place on the page.") % {"path": href}
            yield Finding("link-broken", "bad", sentence, _("The place is the heading in small letters, with hyphens."))
