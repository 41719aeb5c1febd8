"""The address of a page: which one is free, and that nobody who knows the old one is lost."""

from __future__ import annotations

import re

from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.text import slugify
from django.utils.translation import gettext as _

from reif.attract.content.markdown import anchor
from reif.attract.models import LandingPage, OldAddress
from reif.attract.pages.refused import Refused
from reif.kit.clock import now
from reif.log.append import writing

SHAPE = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


def move(page: LandingPage, slug: str, at: str) -> None:
    """Give a page another slug, and an address of its own or none. Old addresses lead to the new one. Raises Refused."""
    slug, at = slug.strip().lower(), at.strip().strip("/").lower()
    _check(page, slug, at)
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        old = {f"p/{page.slug}", *([page.at] if page.at else [])}
        new = {f"p/{slug}", *([at] if at else [])}
        OldAddress.objects.filter(path__in=new).delete()
        rows = [OldAddress(path=path, page=page, since=now()) for path in old - new]
        OldAddress.objects.bulk_create(rows, ignore_conflicts=True)
        LandingPage.objects.filter(pk=page.pk).update(slug=slug, at=at or None, updated_at=now())


def _check(page: LandingPage, slug: str, at: str) -> None:
    for word in filter(None, (slug, at)):
        if not SHAPE.match(word) or len(word) > 120:
            raise Refused(
                _("An address has small letters, digits and single hyphens: “%(word)s” has more.") % {"word": word}
            )
    if not slug:
        raise Refused(_("The page needs an address."))
    others = LandingPage.objects.exclude(pk=page.pk)
    if others.filter(slug=slug).exists():
        raise Refused(_("Another page is already at /p/%(slug)s.") % {"slug": slug})
    if at and others.filter(at=at).exists():
        raise Refused(_("Another page is already at /%(at)s.") % {"at": at})
    if at and _belongs_to_the_house(at):
        raise Refused(_("The system itself lives at /%(at)s. Choose another word.") % {"at": at})


def _belongs_to_the_house(at: str) -> bool:
    for path in (f"/{at}", f"/{at}/"):
        try:
            if resolve(path).url_name != "page_at":
                return True
        except Resolver404:
            continue
    return False


def free_slug(title: str) -> str:
    """An address made from a title that no page has or had."""
    base = slugify(anchor(title))[:100] or "page"
    taken = set(LandingPage.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= {
        p.removeprefix("p/")
        for p in OldAddress.objects.filter(path__startswith=f"p/{base}").values_list("path", flat=True)
    }
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if s not in taken)


def moved_to(path: str) -> LandingPage | None:
    """The page that once was at this path (without the leading slash)."""
    old = OldAddress.objects.filter(path=path).select_related("page").first()
    return old.page if old else None


def at_path(path: str) -> LandingPage | None:
    """The page at a path of this site, published or not."""
    word = path.strip("/")
    if word.startswith("p/"):
        return LandingPage.objects.filter(slug=word[2:]).first()
    return LandingPage.objects.filter(Q(at=word)).first() if word else None


def check_goal(page: LandingPage, goal: str) -> None:
    """Where visitors of a page that was taken down are sent: nowhere, a path of this site, or a web address."""
    if not goal:
        return
    if not re.match(r"^(/(?!/)|https?://)\S+$|^/$", goal):
        raise Refused(_("Where should visitors go? Write a path such as /preise, or an address with https://."))
    if goal.split("?")[0] in (page.path, f"/p/{page.slug}"):
        raise Refused(_("A page cannot lead to itself."))
