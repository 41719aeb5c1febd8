"""Small playbooks and people doing things, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed
from reif.log.fact import Fact
from reif.playbook.apply import apply
from reif.playbook.draft import Draft, read_plain
from reif.qualify.models import Point
from reif.qualify.scoring.in_force import live

COMPANY = {"field": "company.size", "op": ">=", "value": 50}
MODEL: dict[str, Any] = {
    "key": "test",
    "group": [{"key": "web", "cap": 12, "words": {"de": "Website", "en": "Website"}}],
    "rule": [
        {"key": "price", "on": "page.viewed", "topic": "/preise", "points": 10, "per_day": 1,
         "words": {"de": "Preisseite", "en": "Price page"}},
        {"key": "blog", "on": "page.viewed", "topic": "/blog/*", "points": 5, "group": "web",
         "words": {"de": "Blog gelesen", "en": "Read the blog"}},
        {"key": "click", "on": ["mail.clicked"], "points": 3, "times": 2},
        {"key": "webinar", "on": "webinar.registered", "points": 20, "once": True},
        {"key": "away", "on": "mail.unsubscribed", "points": -15},
    ],
    "fit": [
        {"key": "size", "when": COMPANY, "points": 20, "words": {"de": "Ab 50 Mitarbeitenden", "en": "50 or more"}},
        {"key": "boss", "when": {"field": "job_title", "op": "contains", "value": "leitung"}, "points": 15},
    ],
}  # fmt: skip
SCORING: dict[str, Any] = {"model": [MODEL]}
STAGES: dict[str, Any] = {
    "mql": {"when": {"field": "score", "op": ">=", "value": 15}},
    "sql": {
        "when": {
            "all": [
                {"field": "score", "op": ">=", "value": 30},
                {"did": "webinar.registered"},
                {"did": "page.viewed", "topic": "/preise", "within": "30d"},
            ]
        }
    },
}


def in_force(**sections: dict[str, Any]) -> None:
    """Put these sections, as TOML would say them, in force."""
    draft: Draft = read_plain(sections)
    apply(draft)


def happen(*facts: Fact) -> None:
    """State facts."""
    with writing():
        append(*facts)


def view(person: int | None, path: str, at: datetime | None = None, **more: Any) -> PageViewed:
    return PageViewed(person=person, topic=path, at=at, **more)


def ledger() -> list[tuple[Any, ...]]:
    """Every row that a rebuild must make again; which revision made it does not count."""
    rows = Point.objects.filter(build=live().number).order_by("person_id", "model", "rule", "event_id")
    return list(rows.values_list("person_id", "model", "rule", "axis", "event_id", "points", "given_at", "day"))
