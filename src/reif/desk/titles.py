"""Names for the ids and slugs in events, fetched for a whole page at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from reif.attract.models import Asset, Webinar
from reif.crm.models import Activity, Company, Deal
from reif.log.models import Event
from reif.playbook.current import current
from reif.staff.models import User


@dataclass
class Titles:
    """What things are called. Unknown things keep their slug."""

    staff: dict[int, str] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    deals: dict[int, str] = field(default_factory=dict)
    activities: dict[int, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Titles:
        """One query for each sort of thing that occurs."""
        rows = list(events)
        staff = {i for e in rows for i in (e.actor_id, e.body.get("owner")) if i}
        companies = {e.company_id for e in rows if e.company_id and e.kind == "company.joined"}
        deals = {e.deal_id for e in rows if e.deal_id}
        activities = {e.body["activity"] for e in rows if e.body.get("activity")}
        slugs = {e.topic for e in rows if e.kind in ("content.downloaded", "webinar.registered", "webinar.attended")}
        return cls(
            {u.id: u.name for u in User.objects.filter(id__in=staff)} if staff else {},
            dict(Company.objects.filter(id__in=companies).values_list("id", "name")) if companies else {},
            dict(Deal.objects.filter(id__in=deals).values_list("id", "name")) if deals else {},
            dict(Activity.objects.filter(id__in=activities).values_list("id", "subject")) if activities else {},
            _contents(slugs) if slugs else {},
        )

    def page(self, event: Event) -> str:
        return str(event.body.get("title") or event.topic)

    def form(self, slug: str) -> str:
        return self._named("forms", "forms", "slug", "title", slug)

    def content(self, slug: str) -> str:
        return self.contents.get(slug, slug)

    def mail(self, key: str) -> str:
        return self._named("mails", "mail", "key", "subject", key)

    def journey(self, key: str) -> str:
        return self._named("journeys", "journey", "key", "words", key)

    def _named(self, section: str, rows: str, key: str, words: str, wanted: str) -> str:
        """What the playbook in force calls it, in the reader's language."""
        found = next((x for x in getattr(current(section), rows) if getattr(x, key) == wanted), None)
        return _in(getattr(found, words), get_language() or "de") if found else wanted

    def company(self, event: Event) -> str:
        return self.companies.get(event.company_id or 0, "?")

    def deal(self, event: Event) -> str:
        return self.deals.get(event.deal_id or 0, "?")

    def activity(self, event: Event) -> str:
        return self.activities.get(event.body.get("activity", 0), "")


def _contents(slugs: set[str]) -> dict[str, str]:
    files = Asset.objects.filter(slug__in=slugs).values_list("slug", "title")
    return dict(files) | dict(Webinar.objects.filter(slug__in=slugs).values_list("slug", "title"))


def _in(words: Any, language: str) -> str:
    """Words in a language, else in the other one. Liquid in them is shown as a gap."""
    said = words.get if isinstance(words, dict) else lambda name: getattr(words, name, "")
    text = said(language[:2]) or said("de") or said("en") or ""
    return re.sub(r"{{.*?}}|{%.*?%}", "…", str(text))
