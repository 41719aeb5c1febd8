"""Names for the ids and slugs in events, fetched for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reif.crm.models import Activity, Company, Deal
from reif.log.models import Event
from reif.staff.models import User


@dataclass
class Titles:
    """What things are called. Unknown things keep their slug."""

    staff: dict[int, str] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    deals: dict[int, str] = field(default_factory=dict)
    activities: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Titles:
        """One query for each sort of thing that occurs."""
        rows = list(events)
        staff = {i for e in rows for i in (e.actor_id, e.body.get("owner")) if i}
        companies = {e.company_id for e in rows if e.company_id and e.kind == "company.joined"}
        deals = {e.deal_id for e in rows if e.deal_id}
        activities = {e.body["activity"] for e in rows if e.body.get("activity")}
        return cls(
            {u.id: u.name for u in User.objects.filter(id__in=staff)} if staff else {},
            dict(Company.objects.filter(id__in=companies).values_list("id", "name")) if companies else {},
            dict(Deal.objects.filter(id__in=deals).values_list("id", "name")) if deals else {},
            dict(Activity.objects.filter(id__in=activities).values_list("id", "subject")) if activities else {},
        )

    def page(self, event: Event) -> str:
        return str(event.body.get("title") or event.topic)

    def form(self, slug: str) -> str:
        return slug

    def content(self, slug: str) -> str:
        return slug

    def mail(self, key: str) -> str:
        return key

    def company(self, event: Event) -> str:
        return self.companies.get(event.company_id or 0, "?")

    def deal(self, event: Event) -> str:
        return self.deals.get(event.deal_id or 0, "?")

    def activity(self, event: Event) -> str:
        return self.activities.get(event.body.get("activity", 0), "")
