"""Make a page: from a template, or as the copy of another."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reif.attract.models import LandingPage, PageRevision
from reif.attract.pages.address import free_slug
from reif.attract.pages.draft import head_of, put
from reif.attract.pages.publication import show
from reif.attract.pages.sheet import Sheet, new_id, sheet
from reif.log.append import writing


def make_page(said: Sheet, by: int | None) -> LandingPage:
    """A draft at a free address; nobody but the staff sees it."""
    with writing():
        page = LandingPage(slug=free_slug(said.title), published_at=None)
        show(page, said)
        page.save()
        page.draft = put(page, "a", None, said, PageRevision.Kind.MADE, by)
        page.save(update_fields=["draft"])
    return page


def duplicate(page: LandingPage, by: int | None) -> LandingPage:
    """The draft of a page as a page of its own, with new ids."""
    said = sheet(head_of(page).sheet)
    title = _("%(title)s (copy)") % {"title": said.title[:180]}
    return make_page(said.with_(title=title, blocks=[{**b, "id": new_id()} for b in said.blocks]), by)
