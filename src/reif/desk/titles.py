"""Names for the ids and slugs in events, fetched for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from reif.attract.models import Asset, Call, Content, LandingPage, Webinar
from reif.capture.models import Connection
from reif.channels.email.liquid import with_gaps
from reif.crm.models import Activity, Company, Deal
from reif.log.models import Event
from reif.playbook.current import current
from reif.staff.models import User

CONTENTS = ("content.downloaded", "webinar.registered", "webinar.attended", "webinar.missed", "webinar.cancelled")
PAGES = ("page.viewed", "page.left", "content.published", "content.withdrawn")
ROUTES = {
    "owner.person": gettext_lazy("Looks after this person already"),
    "owner.company": gettext_lazy("Looks after the company"),
    "owner.colleague": gettext_lazy("Looks after a colleague in the same company"),
    "hand": gettext_lazy("Chosen by hand"),
    "fallback": gettext_lazy("No rule fits: the fallback"),
}


@dataclass
class Titles:
    """What things are called. Unknown things keep their slug."""

    staff: dict[int, str] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    deals: dict[int, str] = field(default_factory=dict)
    activities: dict[int, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    connections: dict[str, str] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Titles:
        """One query for each sort of thing that occurs."""
        rows = list(events)
        staff = {i for e in rows for i in (e.actor_id, e.body.get("owner")) if i}
        companies = {e.company_id for e in rows if e.company_id and e.kind == "company.joined"}
        deals = {e.deal_id for e in rows if e.deal_id}
        activities = {e.body["activity"] for e in rows if e.body.get("activity")}
        slugs = {e.topic for e in rows if e.kind in CONTENTS}
        connections = {e.topic for e in rows if e.kind == "lead.received"}
        paths = {e.topic for e in rows if e.kind in PAGES and not e.body.get("title")}
        return cls(
            {u.id: u.name for u in User.objects.filter(id__in=staff)} if staff else {},
            dict(Company.objects.filter(id__in=companies).values_list("id", "name")) if companies else {},
            dict(Deal.objects.filter(id__in=deals).values_list("id", "name")) if deals else {},
            dict(Activity.objects.filter(id__in=activities).values_list("id", "subject")) if activities else {},
            _contents(slugs) if slugs else {},
            _pages(paths) if paths else {},
            dict(Connection.objects.filter(key__in=connections).values_list("key", "name")) if connections else {},
            calls=_calls({e.topic for e in rows if e.kind in ("call.viewed", "call.clicked")}),
        )

    def page(self, event: Event) -> str:
        return str(event.body.get("title") or self.pages.get(event.topic, event.topic))

    def form(self, slug: str) -> str:
        return self._named("forms", "forms", "slug", "title", slug)

    def call(self, slug: str) -> str:
        return self.calls.get(slug, slug)

    def content(self, slug: str) -> str:
        return self.contents.get(slug, slug)

    def connection(self, key: str) -> str:
        return self.connections.get(key, key)

    def mail(self, key: str) -> str:
        return self._named("mails", "mail", "key", "subject", key)

    def journey(self, key: str) -> str:
        return self._named("journeys", "journey", "key", "words", key.split("/")[0])

    def persona(self, key: str) -> str:
        return self._named("personas", "personas", "key", "words", key)

    def segment(self, key: str) -> str:
        return self._named("segments", "segments", "key", "words", key)

    def sla(self, key: str) -> str:
        return self._named("slas", "slas", "key", "words", key)

    def rule(self, key: str) -> str:
        """Why somebody got a person: the words of the routing rule, or whose person or company it was already."""
        if key in ROUTES:
            return str(ROUTES[key])
        return _("Rule “%(rule)s”") % {"rule": self._named("routing", "rules", "key", "words", key)}

    def definition(self, stage: str) -> str:
        """What the playbook asks for a stage."""
        found = getattr(current("stages"), stage, None) if stage in ("mql", "sql") else None
        return _in(found.words, get_language() or "de") if found else ""

    def _named(self, section: str, rows: str, key: str, words: str, wanted: str) -> str:
        """What the playbook in force calls it, in the reader's language."""
        found = next((x for x in getattr(current(section), rows) if getattr(x, key) == wanted), None)
        return (_in(getattr(found, words), get_language() or "de") if found else "") or wanted

    def company(self, event: Event) -> str:
        return self.companies.get(event.company_id or 0, "?")

    def deal(self, event: Event) -> str:
        return self.deals.get(event.deal_id or 0, "?")

    def activity(self, event: Event) -> str:
        return self.activities.get(event.body.get("activity", 0), "")


def _calls(slugs: set[str]) -> dict[str, str]:
    return dict(Call.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}


def _contents(slugs: set[str]) -> dict[str, str]:
    files = Asset.objects.filter(slug__in=slugs).values_list("slug", "title")
    return dict(files) | dict(Webinar.objects.filter(slug__in=slugs).values_list("slug", "title"))


def _pages(paths: set[str]) -> dict[str, str]:
    """Titles by path, for events that came without one."""
    tails = {path.rstrip("/").rsplit("/", 1)[-1] for path in paths}
    found: list[Content | LandingPage] = list(Content.objects.filter(slug__in=tails).only("slug", "title"))
    found += LandingPage.objects.filter(Q(slug__in=tails) | Q(at__in=tails)).only("slug", "at", "title")
    return {page.path: page.title for page in found}


def _in(words: Any, language: str) -> str:
    """Words in a language, else in the other one. Liquid in them is shown as a gap."""
    said = words.get if isinstance(words, dict) else lambda name: getattr(words, name, "")
    text = said(language[:2]) or said("de") or said("en") or ""
    return with_gaps(str(text))
