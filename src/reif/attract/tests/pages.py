"""Plain functions that make landing pages for tests."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from reif.attract.models import ArmDay, LandingPage, PageTest
from reif.attract.pages.compare import add_arm, start
from reif.attract.pages.draft import head_of
from reif.attract.pages.make import make_page
from reif.attract.pages.publication import publish_page
from reif.attract.pages.rule import Rule
from reif.attract.pages.sheet import Sheet, with_ids
from reif.kit.clock import now, travel

_numbers = count(1)
HERO = {"block": "hero", "title": "Viel Zeit", "text": "Für Menschen."}
TEXT = {"block": "text", "body": "Ein *Text*.", "title": "Mehr dazu"}
QUOTE = {"block": "quote", "text": "Sehr gut.", "person": "A. Muster"}


def a_page(*blocks: dict[str, Any], published: bool = True, **about: Any) -> LandingPage:
    """A page with these blocks (an opening and a text when none are given), ids b1, b2, …"""
    said = Sheet(
        title=about.pop("title", f"Seite {next(_numbers)}"), blocks=with_ids(list(blocks or (HERO, TEXT))), **about
    )
    page = make_page(said, by=None)
    if published:
        publish_page(page, head_of(page), by=None)
        page.refresh_from_db()
    return page


def a_test(page: LandingPage | None = None, days: float = 0, **rule: Any) -> PageTest:
    """A running test of a page against one variant, begun some days ago."""
    with travel(now() - timedelta(days=days)):
        page = page or a_page()
        add_arm(page, "Kurz", by=None)
        return start(page, Rule(**rule), 1, by=None)


def counted(test: PageTest, **arms: tuple[int, int]) -> None:
    """Visitors and conversions of each arm, on the day of the start."""
    for key, (visitors, conversions) in arms.items():
        ArmDay.objects.create(
            test=test, arm=key, day=test.started_at.date(), visitors=visitors, conversions=conversions
        )
