"""Mails about a webinar to those who have a seat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from reif.attract.models import Webinar
from reif.attract.webinars.register import seated
from reif.channels.email.compose import Letter, queue
from reif.channels.email.limits import mails
from reif.crm.models import Person
from reif.kit.shelf import leave_path

TOMORROW, SOON, MOVED, OFF = "webinar-tomorrow", "webinar-soon", "webinar-moved", "webinar-off"
BATCH = 2000


def tell_seated(webinar: Webinar, mail: str, cause: int | None = None) -> int:
    """One letter to each; a house whose playbook has no such mail writes none. Returns how many."""
    if all(known.key != mail for known in mails().mail):
        return 0
    told, people, address = 0, iter(seated(webinar)), page_of(webinar)
    while some := list(islice(people, BATCH)):
        told += len(queue(_letters(webinar, mail, some, cause, address)))
    return told


def _letters(webinar: Webinar, mail: str, people: Iterable[int], cause: int | None, page: str) -> Iterator[Letter]:
    shown = {language: when(webinar, language) for language in ("de", "en")}
    spoken = Person.objects.filter(pk__in=list(people), erased_at=None).values_list("pk", "language")
    for person, told in spoken:
        language = told[:2] if told[:2] in shown else "de"
        yield Letter(
            key=f"w:{webinar.pk}:{mail}:{webinar.starts_at:%Y%m%d%H%M}:{person}", mail=mail, person=person, kind="service",
            cause=cause, priority=2, language=language, origin=f"webinar/{webinar.slug}",
            expires_at=webinar.ends_at, variables=variables(webinar, person, shown[language], page),
        )  # fmt: skip


def page_of(webinar: Webinar) -> str:
    """The slug of its landing page, when it has one that is public."""
    page = webinar.landings.published().first()
    return str(page.slug) if page else ""


def variables(webinar: Webinar, person: int, moment: str, page: str) -> dict[str, object]:
    """What the texts may use. link: where it takes place; cancel: where the seat is given back."""
    return {
        "title": webinar.title, "when": moment, "minutes": webinar.minutes, "speaker": webinar.speaker,
        "link": webinar.join_url or f"{settings.BASE_URL}/p/{page}", "recording": webinar.recording_url,
        "calendar": f"{settings.BASE_URL}/p/{page}.ics" if page else "",
        "cancel": settings.BASE_URL + leave_path(settings.SECRET_KEY, webinar.slug, person),
    }  # fmt: skip


def when(webinar: Webinar, language: str, starts_at: datetime | None = None) -> str:
    """Thursday, 4 June 2026, 10:00, in the webinar's time zone."""
    local = (starts_at or webinar.starts_at).astimezone(ZoneInfo(webinar.timezone))
    with translation.override(language):
        return f"{date_format(local, 'l')}, {date_format(local, 'DATE_FORMAT')}, {local:%H:%M}"
