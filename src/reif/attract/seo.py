"""What machines read: structured data (schema.org), the site map, the feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from reif.attract.content.markdown import plain
from reif.attract.models import Content, LandingPage, Site, Webinar
from reif.attract.pages.blocks import Faq
from reif.attract.pages.parts import Block
from reif.attract.pictures.address import is_key, share

CLICK_IDS = ("gclid", "gbraid", "wbraid", "fbclid", "msclkid", "li_fat_id", "ttclid")


def whole(request: HttpRequest, path: str) -> str:
    """An address with scheme and host."""
    return request.build_absolute_uri(path)


def picture(request: HttpRequest, seed: str) -> str:
    """The preview picture for social networks: an uploaded one, or one that is drawn for a word."""
    return whole(request, share(seed) if is_key(seed) else f"/covers/{seed}.png")


def article(content: Content, site: Site | None, request: HttpRequest) -> list[dict[str, Any]]:
    address = whole(request, content.path)
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": content.title,
        "description": content.description or content.teaser,
        "inLanguage": content.language,
        "image": picture(request, content.cover or content.slug),
        "author": _author(content, site, request),
        "mainEntityOfPage": address,
        "articleSection": content.category,
        "wordCount": len(content.body.split()),
        "dateModified": content.updated_at.isoformat(timespec="seconds"),
        "publisher": organisation(site, request),
    }
    if content.published_at:
        made["datePublished"] = content.published_at.isoformat(timespec="seconds")
    steps = [("Blog", "/blog/"), (content.title, content.path)]
    if content.category:
        steps.insert(1, (content.category, category_path(content.category)))
    return [made, trail(request, steps)]


def category_path(category: str, before: str = "") -> str:
    """The address of the blog with one category, and of its older pages: the only one that each has."""
    names = {key: word for key, word in (("category", category), ("before", before)) if word}
    return f"/blog/?{urlencode(names)}" if names else "/blog/"


def _author(content: Content, site: Site | None, request: HttpRequest) -> dict[str, Any]:
    """A person, when somebody signed it; else the house."""
    if not content.author:
        return organisation(site, request)
    role = {"jobTitle": content.author_role} if content.author_role else {}
    return {"@type": "Person", "name": content.author, **role}


def page(landing: LandingPage, parts: Sequence[Block], site: Site | None, request: HttpRequest) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    if landing.webinar:
        made.append(event(landing.webinar, landing, site, request))
    questions = [q for part in parts if isinstance(part, Faq) for q in part.items]
    if questions:
        made.append(
            {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [_answer(q) for q in questions]}
        )
    if site and landing.path == site.home:
        made.append({"@context": "https://schema.org", **organisation(site, request)})
    return made


def event(webinar: Webinar, landing: LandingPage, site: Site | None, request: HttpRequest) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": webinar.title,
        "description": webinar.summary or landing.description,
        "startDate": webinar.starts_at.isoformat(timespec="minutes"),
        "endDate": webinar.ends_at.isoformat(timespec="minutes"),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "eventStatus": f"https://schema.org/{'EventCancelled' if webinar.called_off_at else 'EventScheduled'}",
        "location": {"@type": "VirtualLocation", "url": whole(request, landing.path)},
        "image": picture(request, landing.cover or landing.slug),
        "performer": {"@type": "Person", "name": webinar.speaker, **_role(webinar)},
        "organizer": organisation(site, request),
    }


def _role(webinar: Webinar) -> dict[str, str]:
    return {"jobTitle": webinar.speaker_role} if webinar.speaker_role else {}


def organisation(site: Site | None, request: HttpRequest) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": site.name if site else "",
        "url": whole(request, site.home if site else "/"),
    }


def trail(request: HttpRequest, steps: list[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": whole(request, path)}
        for n, (name, path) in enumerate(steps, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def _answer(question: Any) -> dict[str, Any]:
    words = plain(question.answer)
    return {"@type": "Question", "name": question.question, "acceptedAnswer": {"@type": "Answer", "text": words}}


def with_campaign(path: str, **names: str) -> str:
    """A path with utm_ names, for links from feeds and mails."""
    return f"{path}?{urlencode({f'utm_{k}': v for k, v in names.items()})}"
