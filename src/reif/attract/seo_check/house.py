"""What a check knows of the rest of the house: which addresses exist, which titles are taken."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve

from reif.attract.models import Content, LandingPage
from reif.attract.seo_check.page import Checked
from reif.kit.clock import now
from reif.kit.fold import fold
from reif.playbook.current import current
from reif.playbook.section import sections


class House:
    """Asked once for many pages: what it has found out it remembers, and it asks for all links of a page at once."""

    def __init__(self) -> None:
        self._public: dict[str, bool] = {}

    def same_title(self, page: Checked) -> str:
        """The address of another public page with this title; "" when there is none."""
        texts = Content.objects.published().filter(title_folded=fold(page.title)[:200]).defer("body")
        pages = LandingPage.objects.published().filter(title=page.title.strip()).defer("blocks")
        found = (row.path for rows in (texts, pages) for row in rows[:3])
        return next((path for path in found if path != page.path), "")

    def inside(self, href: str) -> str:
        """The path of a link into this house; "" for all others."""
        href = href.strip()
        own = settings.BASE_URL
        if href.startswith(f"{own}/") or href == own:
            href = href[len(own) :] or "/"
        if not href.startswith("/") or href.startswith("//"):
            return ""
        return unquote(urlsplit(href).path)

    def existing(self, paths: Iterable[str]) -> set[str]:
        """Those that lead somewhere. Two queries for all of them."""
        wanted = set(paths)
        self._look_up(wanted)
        return {path for path in wanted if self._exists(path)}

    def coming(self, path: str) -> bool:
        """Is it written, and not public yet?"""
        return self._public.get(path) is False

    def _look_up(self, paths: set[str]) -> None:
        words = {path.rstrip("/").rsplit("/", 1)[-1] for path in paths if path not in self._public}
        if not words:
            return
        moment = now()
        for slug, since in Content.objects.filter(slug__in=words).values_list("slug", "published_at"):
            self._public[f"/blog/{slug}"] = bool(since and since <= moment)
        named = LandingPage.objects.filter(Q(slug__in=words) | Q(at__in=words))
        for slug, at, since in named.values_list("slug", "at", "published_at"):
            for path in (f"/p/{slug}", f"/{at}") if at else (f"/p/{slug}",):
                self._public[path] = bool(since and since <= moment)

    def _exists(self, path: str) -> bool:
        if (public := self._public.get(path)) is not None:
            return public
        try:
            found = resolve(path)
        except Resolver404:
            return False
        if (found.app_name == "attract" and found.url_name in ("article", "page")) or found.url_name == "page_at":
            return False  # an address of ours, and nothing lies there
        if path.startswith("/f/") and "forms" in sections():
            return current("forms").by_slug(path.split("/")[2]) is not None
        return True
