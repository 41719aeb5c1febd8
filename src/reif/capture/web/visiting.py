"""Tell other rooms who is looking at a page: where from, and with personal consent who, and whether for the first time."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from reif.capture.models import Visit
from reif.capture.sources.source import touch
from reif.capture.web.visitor import agent, own_hosts, visitor_in, visitor_key
from reif.crm.models import Visitor
from reif.kit.clock import now
from reif.kit.visiting import Visiting

SILENCE = timedelta(minutes=30)


def visiting_of(request: HttpRequest, url: str, referrer: str, key: str) -> Visiting:
    """Of a request, or of a foreign page that tells address, referrer and, with consent, the visitor's key."""
    found = touch(url, referrer, agent(request) or None, own_hosts(request))
    source = "" if found.internal else found.source
    key = visitor_in(key) if request.headers.get("sec-gpc") != "1" else ""
    visitor = Visitor.objects.filter(key=key or visitor_key(request)).first() if key or visitor_key(request) else None
    if visitor is None:
        return Visiting(source, found.utm)
    last = Visit.objects.filter(visitor=visitor).order_by("-started_at").first()
    fresh = last is not None and last.ended_at >= now() - SILENCE
    began = last.started_at if last and fresh else now()
    earlier = Visit.objects.filter(visitor=visitor, started_at__lt=began).exists()
    if not source and last and fresh:
        source = last.source
    return Visiting(source, found.utm or _campaign(last if fresh else None), visitor.pk, visitor.person_id, earlier)


def _campaign(visit: Visit | None) -> dict[str, str]:
    return {"utm_campaign": visit.campaign} if visit and visit.campaign else {}
