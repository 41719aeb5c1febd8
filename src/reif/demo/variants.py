"""A landing page under test, with three weeks of visitors, and one that somebody is writing."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from reif.attract.models import ArmDay, LandingPage
from reif.attract.pages import block_edits as edits
from reif.attract.pages.compare import add_arm, start
from reif.attract.pages.draft import Change, change, head_of
from reif.attract.pages.make import make_page
from reif.attract.pages.rule import Rule
from reif.attract.pages.sheet import sheet
from reif.attract.pages.starters import starter
from reif.kit.clock import travel

PAGE, DAYS, A_DAY = "whitepaper-mitarbeiterbindung", 19, 34
RATES = {"a": 0.118, "b": 0.136}
HEADLINE = "Wer geht, hat sich Monate vorher entschieden"


def run_page_test(random: Random, end: datetime, marketing: int) -> None:
    """Two headlines for the whitepaper; the newer one is ahead, and it is honestly open."""
    page = LandingPage.objects.get(slug=PAGE)
    with travel(end - timedelta(days=DAYS)):
        arm = add_arm(page, "Schlagzeile mit Frage", by=marketing)
        _write(page, "b", HEADLINE, marketing)
        test = start(LandingPage.objects.get(pk=page.pk), Rule(people=400, days=14), 1, by=marketing)
    rows = []
    for ago in range(DAYS, -1, -1):
        day = (end - timedelta(days=ago)).date()
        for key in ("a", arm.key):
            seen = max(0, round(random.gauss(A_DAY if day.weekday() < 5 else A_DAY / 4, 3)))
            done = sum(random.random() < RATES[key] for _ in range(seen))
            rows.append(ArmDay(test=test, arm=key, day=day, visitors=seen, conversions=done))
    ArmDay.objects.bulk_create(rows)
    with travel(end - timedelta(hours=4)):
        make_page(starter("demo", "Zeiterfassung in einer Woche", "de"), by=marketing)
        _write(LandingPage.objects.get(slug="preise"), "a", "", marketing)


def _write(page: LandingPage, arm: str, words: str, by: int) -> None:
    """Change the first heading of a draft."""
    head = head_of(page, arm)
    block = next(b for b in sheet(head.sheet).blocks if b.get("title"))
    title = words or f"{block['title']}: ohne Kleingedrucktes"
    what = Change("edit", edits.put({**block, "title": title}), block=block["id"], field="title")
    change(page, arm, head.pk, what, by=by)
