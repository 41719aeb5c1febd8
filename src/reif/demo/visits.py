"""What visitors read: articles, landing pages, prices; and those who never say who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings

from reif.attract.models import Content
from reif.capture.sources.source import touch as classify
from reif.crm.visitors import visitors_for
from reif.demo.draw import moment_in_year, weighted, words
from reif.demo.people import Someone
from reif.log.append import append
from reif.log.catalogue.web import PageLeft, PageViewed

FORM_PAGES = {
    "whitepaper": "/p/whitepaper-mitarbeiterbindung",
    "webinar": "/p/webinar-recruiting-trends",
    "demo": "/p/demo",
    "newsletter": "/p/newsletter",
    "offerte": "/f/offerte",
}


@dataclass(frozen=True)
class Touch:
    """How somebody came: the referrer, campaign names with utm_, source and its details."""

    source: str
    detail_1: str = ""
    detail_2: str = ""
    referrer: str = ""
    utm: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> dict[str, str]:
        return {f"utm_{k}": v for k, v in self.utm}

    @property
    def came(self) -> dict[str, str]:
        """What a page view keeps of an arrival."""
        told = {"detail_1": self.detail_1, "detail_2": self.detail_2, "campaign": self.names.get("utm_campaign", "")}
        return {k: v for k, v in told.items() if v}

    @property
    def query(self) -> str:
        return "?" + "&".join(f"utm_{k}={v.replace(' ', '+')}" for k, v in self.utm) if self.utm else ""


DIRECT = Touch("DIRECT_TRAFFIC")
ON_THE_WAY = Touch("")
BY_MAIL = Touch(
    "EMAIL_MARKETING", "hr-nurture", "reif", "", (("source", "reif"), ("medium", "email"), ("campaign", "hr-nurture"))
)


def touch_of(random: Random, row: dict[str, Any]) -> Touch:
    """One of the ways of a source, with the details that a visit of that kind is counted with."""
    way = random.choice(row.get("ways", [{}]))
    told = Touch(row["source"], "", "", way.get("referrer", ""), tuple(way.get("utm", {}).items()))
    found = classify(f"{settings.BASE_URL}/blog{told.query}", told.referrer)
    return replace(told, source=found.source, detail_1=found.detail_1, detail_2=found.detail_2)


class Reader:
    """Writes page views as the tracking script would report them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.titles = dict(Content.objects.values_list("slug", "title"))
        published = Content.objects.filter(kind="article").order_by("published_at")
        self.articles = list(published.values_list("slug", "published_at"))

    def view(self, visitor: int, person: int | None, path: str, touch: Touch, at: datetime) -> None:
        """One page, and how long it was read."""
        seconds = round(self.random.lognormvariate(3.9, 0.9))
        title = self.titles.get(path.removeprefix("/blog/"), "")
        url = f"{settings.BASE_URL}{path}{touch.query}"
        append(
            PageViewed(visitor=visitor, person=person, topic=path, url=url, title=title, referrer=touch.referrer,
                       utm=touch.names, source=touch.source, at=at, came=touch.came),
            PageLeft(visitor=visitor, person=person, topic=path, seconds=seconds, scroll=self.random.randint(18, 100),
                     at=at + timedelta(seconds=seconds)),
        )  # fmt: skip

    def article(self, at: datetime, favourite: str = "") -> str:
        """An article that is out already; the first one is read most."""
        out = [slug for slug, published in self.articles if published <= at] or [self.articles[0][0]]
        if favourite in out and self.random.random() < 0.6:
            return f"/blog/{favourite}"
        weights = [6 if i == 0 else 1 + 2 * (i == len(out) - 1) for i in range(len(out))]
        return f"/blog/{self.random.choices(out, weights)[0]}"

    def arrive(self, someone: Someone, touch: Touch) -> None:
        """The first visit, up to the page with the form."""
        at = someone.comes_at - timedelta(minutes=self.random.randint(3, 12))
        if self.random.random() < 0.86 or touch.source != "PAID_SOCIAL":
            self.view(
                someone.visitor, None, self.article(at, "5-schritte-zur-erfolgreichen-mitarbeiterbindung"), touch, at
            )
            touch = ON_THE_WAY
        self.view(someone.visitor, None, FORM_PAGES[someone.form], touch, someone.comes_at - timedelta(minutes=1))


@dataclass(frozen=True)
class Passer:
    """Somebody who only reads."""

    key: str
    touch: Touch
    at: datetime
    pages: int


def passers(random: Random, count: int, end: datetime) -> list[Passer]:
    """Visitors who stay anonymous, in order of time."""
    found = [
        Passer(f"anon-{n:06d}-{random.getrandbits(32):08x}", touch_of(random, weighted(random, words()["source"])),
               moment_in_year(random, end), random.choices((1, 2, 3), (70, 22, 8))[0])
        for n in range(count)
    ]  # fmt: skip
    return sorted(found, key=lambda p: p.at)


def pass_by(reader: Reader, some: Sequence[Passer]) -> None:
    """Their visits, in one go."""
    rows = visitors_for({p.key: first_seen(p.touch, p.at, "/blog") for p in some})
    for p in some:
        at = p.at
        for n in range(p.pages):
            path = (
                reader.article(at)
                if n < 2
                else reader.random.choice(["/preise", "/site", "/p/webinar-recruiting-trends"])
            )
            reader.view(rows[p.key].id, None, path, p.touch if n == 0 else ON_THE_WAY, at)
            at += timedelta(seconds=reader.random.randint(40, 400))


def first_seen(touch: Touch, at: datetime, path: str) -> dict[str, Any]:
    return {
        "first_seen": at, "source": touch.source, "source_detail_1": touch.detail_1, "source_detail_2": touch.detail_2,
        "utm": touch.names, "landing_path": path, "language": "de",
    }  # fmt: skip
