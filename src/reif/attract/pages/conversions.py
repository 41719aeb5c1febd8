"""Count the forms that came from a variant under test: each person once in a test.

Hears form.submitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from reif.attract.models import PageTest
from reif.attract.pages.tally import add
from reif.log.catalogue.web import FormSubmitted
from reif.log.event import Event
from reif.log.models import Event as Row


def count_conversions(events: Sequence[Event[FormSubmitted]]) -> None:
    """Hears form.submitted; what is no variant of a running test counts nowhere."""
    said = [(e, *_named(e.fact.variant)) for e in events if "/" in e.fact.variant]
    if not said:
        return
    tests = _tests({slug for _e, slug, _arm in said})
    before = _before(said, tests)
    numbers: Counter[tuple[int, str, date]] = Counter()
    for event, slug, arm in said:
        test = next((t for t in tests.get(slug, []) if _within(t, event) and arm in _keys(t)), None)
        if test is None or (event.person and (event.person, test.pk) in before):
            continue
        if event.person:
            before.add((event.person, test.pk))
        numbers[test.pk, arm, timezone.localdate(event.at)] += 1
    add("conversions", numbers)


def _named(variant: str) -> tuple[str, str]:
    slug, _slash, arm = variant.partition("/")
    return slug, arm


def _tests(slugs: set[str]) -> dict[str, list[PageTest]]:
    found: dict[str, list[PageTest]] = {}
    for test in PageTest.objects.filter(page__slug__in=slugs).select_related("page"):
        found.setdefault(test.page.slug, []).append(test)
    return found


def _before(
    said: list[tuple[Event[FormSubmitted], str, str]], tests: dict[str, list[PageTest]]
) -> set[tuple[int, int]]:
    """Who has converted in which test already, from the log."""
    if not tests:
        return set()
    people = {e.person for e, _slug, _arm in said if e.person}
    first = min(e.id for e, _slug, _arm in said)
    rows = Row.objects.filter(Q(kind="form.submitted"), person_id__in=people, id__lt=first)
    made: set[tuple[int, int]] = set()
    for person, at, body in rows.values_list("person_id", "at", "body"):
        slug, _slash, arm = str(body.get("variant", "")).partition("/")
        made |= {
            (int(person or 0), t.pk)
            for t in tests.get(slug, [])
            if arm in _keys(t) and t.started_at <= at <= (t.ended_at or at)
        }
    return made


def _within(test: PageTest, event: Event[FormSubmitted]) -> bool:
    return test.started_at <= event.at and (test.ended_at is None or event.at <= test.ended_at)


def _keys(test: PageTest) -> set[str]:
    return {arm["key"] for arm in test.arms}
