"""The visits of the past year, drawn from its page views; those who were only counted, machines, and calls to action."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from reif.attract.models import Call
from reif.capture.models import Visit
from reif.capture.web.counting import Key, add, day_of
from reif.kit.clock import now
from reif.log.models import Event

SILENCE = timedelta(minutes=30)
COUNTRIES = (("CH", 62), ("DE", 24), ("AT", 9), ("LI", 1), ("", 4))
DEVICES = (("desktop", 68), ("phone", 28), ("tablet", 4))
MACHINES = ("googlebot", "bingbot", "ahrefsbot", "headless", "gptbot")


def draw_traffic(random: Random, end: datetime) -> None:
    """Call it when the year is over."""
    views = Event.objects.filter(kind="page.viewed", visitor_id__isnull=False).order_by("visitor_id", "at", "id")
    visits: list[Visit] = []
    counts: Counter[Key] = Counter()
    for visitor, at, path, body in views.values_list("visitor_id", "at", "topic", "body").iterator():
        visit = visits[-1] if visits else None
        if visit is None or visit.visitor_id != visitor or at - visit.ended_at > SILENCE:
            country = visit.country if visit and visit.visitor_id == visitor else _one(random, COUNTRIES)
            visit = Visit(visitor_id=visitor or 0, started_at=at, entry=path, country=country, by="timezone" if country else "",
                          source=body.get("source") or "DIRECT_TRAFFIC", device=_one(random, DEVICES), language="de",
                          campaign=body.get("utm", {}).get("utm_campaign", "")[:200])  # fmt: skip
            visits.append(visit)
        visit.ended_at, visit.exit, visit.pages = at, path, visit.pages + 1
        visit.seconds += round(random.lognormvariate(3.7, 0.8))
        _count(random, counts, visit, at, path)
    Visit.objects.bulk_create(visits, batch_size=2000)
    _answers(random, counts, end, len(visits))
    _calls(random, counts, end)
    add(counts)


def _one(random: Random, some: tuple[tuple[str, int], ...]) -> str:
    return random.choices([name for name, _n in some], [n for _name, n in some])[0]


def _count(random: Random, counts: Counter[Key], visit: Visit, at: datetime, path: str) -> None:
    """The view itself, and now and then one of somebody who is only counted, of a machine, or of the house."""
    day = day_of(at)
    source = visit.source if visit.pages == 1 else ""
    counts[Key(day, "view", "personal", path, source, visit.country, visit.device)] += 1
    if random.random() < 0.55:
        arrived = visit.source if random.random() < 0.6 else ""
        counts[Key(day, "view", "aggregate", path, arrived, "", _one(random, DEVICES))] += 1
    if random.random() < 0.12:
        counts[Key(day, "machine", "personal", path, random.choice(MACHINES))] += 1
    if random.random() < 0.04:
        counts[Key(day, "staff", "personal", path, "session")] += 1
    if random.random() < 0.01:
        counts[Key(day, "spam", "aggregate", path, "semalt.com")] += 1


def _answers(random: Random, counts: Counter[Key], end: datetime, visits: int) -> None:
    for level, share in (("personal", 0.42), ("aggregate", 0.21), ("none", 0.37)):
        for _ in range(round(visits * share)):
            counts[Key(_day(random, end, 365), "consent", level, level)] += 1


def _day(random: Random, end: datetime, days: int) -> date:
    return day_of(end - timedelta(days=random.random() * days))


def _calls(random: Random, counts: Counter[Key], end: datetime) -> None:
    """What the sample company asks of its readers, and how many followed in two months."""
    for slug, (fields, views, clicks, closed, done) in CALLS.items():
        Call.objects.create(slug=slug, created_at=now() - timedelta(days=70), live=True, **fields)
        for kind, n in (("viewed", views), ("clicked", clicks), ("dismissed", closed), ("converted", done)):
            for _ in range(n):
                counts[Key(_day(random, end, 60), f"call.{kind}", random.choice(("personal", "aggregate")), slug)] += 1


CALLS: dict[str, tuple[dict[str, object], int, int, int, int]] = {
    "whitepaper-im-blog": (
        {"name": "Whitepaper im Blog", "kind": "slide", "place": "right", "title": "Mitarbeitende halten: so geht es",
         "text": "24 Seiten mit Zahlen, Beispielen und einer Checkliste.", "button": "Whitepaper ansehen",
         "href": "/p/whitepaper-mitarbeiterbindung", "picture": "whitepaper",
         "rules": {"pages": ["/blog/*"], "languages": ["de"], "scroll": 50, "days": 14}, "priority": 60},
        1840, 143, 512, 61),
    "demo-beim-verlassen": (
        {"name": "Demo beim Verlassen der Preise", "kind": "exit", "title": "Noch eine Frage zu den Preisen?",
         "text": "In 20 Minuten zeigen wir Ihnen, was Talentwerk für Ihr Team tut.", "button": "Demo vereinbaren",
         "href": "/p/demo", "rules": {"pages": ["/preise"], "devices": ["desktop"], "seconds": 3, "days": 30},
         "priority": 80},
        620, 58, 401, 22),
    "webinar-leiste": (
        {"name": "Leiste für das Webinar", "kind": "bar", "place": "bottom", "title": "Webinar: Recruiting-Trends",
         "button": "Platz sichern", "href": "/p/webinar-recruiting-trends",
         "rules": {"not_pages": ["/p/*", "/preise"], "days": 7}, "priority": 40},
        2310, 196, 730, 88),
}  # fmt: skip
