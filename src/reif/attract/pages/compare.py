"""Compare variants of a page: start, look after, end.

Hears its timer. Says page.won when a variant becomes the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from django.db.models import Max
from django.utils.translation import gettext as _

from reif.attract.models import LandingPage, PageArm, PageRevision, PageTest
from reif.attract.pages.draft import head_of, point, put
from reif.attract.pages.gaps import gaps
from reif.attract.pages.publication import show
from reif.attract.pages.refused import Refused
from reif.attract.pages.rule import Rule, rule_of
from reif.attract.pages.sheet import sheet, sheet_of
from reif.attract.pages.verdict import judge
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.timers import TimerFired
from reif.log.catalogue.web import PageWon
from reif.log.clock import cancel, wake
from reif.log.event import Event

CHECK, OFTEN = "attract.test_check", timedelta(hours=1)
KEYS = "bcdefgh"


def add_arm(page: LandingPage, name: str, by: int | None) -> PageArm:
    """A variant that begins as a copy of the draft. Raises Refused."""
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).select_related("draft").get(pk=page.pk)
        _idle(page)
        taken = set(page.arms.values_list("key", flat=True))
        key = next((k for k in KEYS if k not in taken), None)
        if key is None:
            raise Refused(_("More than eight variants need more visitors than any page has."))
        first = put(page, key, None, sheet(head_of(page).sheet), PageRevision.Kind.VARIANT, by)
        said = name.strip()[:80] or _("Variant %(key)s") % {"key": key.upper()}
        return PageArm.objects.create(page=page, key=key, name=said, draft=first)


def weigh(page: LandingPage, weights: dict[str, int], names: dict[str, str]) -> None:
    """How visitors are shared out, and how variants are called. Raises Refused while a test runs."""
    with writing():
        _idle(page)
        for arm in page.arms.filter(closed_at=None):
            arm.weight = min(max(weights.get(arm.key, arm.weight), 1), 100)
            arm.name = names.get(arm.key, "").strip()[:80] or arm.name
            arm.save(update_fields=["weight", "name"])


def drop_arm(page: LandingPage, key: str) -> None:
    """Leave a variant out of the next test; its versions stay."""
    with writing():
        _idle(page)
        page.arms.filter(key=key, closed_at=None).update(closed_at=now())


def start(page: LandingPage, rule: Rule, weight: int, by: int | None) -> PageTest:
    """From now on visitors are split between the published page and its variants. Raises Refused."""
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        _idle(page)
        if page.published_at is None or page.published_at > now():
            raise Refused(_("Publish the page first: a test needs visitors."))
        arms = [{"key": "a", "name": _("The page as it is"), "weight": weight, "sheet": sheet_of(page).plain()}]
        for arm in page.arms.filter(closed_at=None).select_related("draft").order_by("key"):
            assert arm.draft
            if found := gaps(sheet(arm.draft.sheet)):
                raise Refused(f"{arm.name}: {found[0].sentence}")
            arms.append({"key": arm.key, "name": arm.name, "weight": arm.weight, "sheet": arm.draft.sheet})
        if len(arms) < 2:
            raise Refused(_("Make a variant first: a test compares at least two."))
        number = (page.tests.aggregate(n=Max("number"))["n"] or 0) + 1
        made = PageTest.objects.create(
            page=page, number=number, arms=arms, rule=msgspec.to_builtins(rule), started_at=now(), started_by_id=by
        )
        LandingPage.objects.filter(pk=page.pk).update(running=made)
        wake(CHECK, at=now() + OFTEN, about=made.pk)
        return made


def end(test: PageTest, winner: str, how: str, by: int | None, sure: float = 0.0, cause: int | None = None) -> None:
    """Stop splitting. The winner becomes the page, as a revision of its own; without one the page stays as it was."""
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).select_related("draft").get(pk=test.page_id)
        if page.running_id != test.pk:
            return
        page.running = None
        arm = next((a for a in test.arms if a["key"] == winner), None)
        if arm is not None:
            said = sheet(arm["sheet"])
            show(page, said)
            if winner != "a":
                page.live = put(page, "a", head_of(page), said, PageRevision.Kind.WON, by)
                point(page, "a", page.live)
            append(
                PageWon(
                    topic=page.path, test=test.pk, variant=winner, how=how, sure=round(sure, 4), actor=by, cause=cause
                )
            )
        page.save()
        PageTest.objects.filter(pk=test.pk).update(
            ended_at=now(), ended_by_id=by, winner=winner if arm else "", how=how if arm else "stop"
        )
        page.arms.filter(closed_at=None).update(closed_at=now())
        cancel(CHECK, test.pk)


def look_after(events: Sequence[Event[TimerFired]]) -> None:
    """Hears its timer, every hour: a test whose rule holds and who may decide by itself is ended."""
    due = {e.fact.about: e for e in events}
    for test in PageTest.objects.filter(pk__in=due, ended_at=None).select_related("page"):
        said = judge(test)
        if rule_of(test).auto and said.state == "won":
            end(test, said.leader, "rule", by=None, sure=said.sure, cause=due[test.pk].id)
        else:
            wake(CHECK, at=now() + OFTEN, about=test.pk)


def _idle(page: LandingPage) -> None:
    running = LandingPage.objects.filter(pk=page.pk).exclude(running=None)
    if running.exists():
        raise Refused(_("A test is running. End it first: what is compared must not change on the way."))
