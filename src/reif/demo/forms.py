"""How the people of the past fill in forms and confirm their address: through the verbs of capture."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from reif.capture.consents.confirm import confirm
from reif.capture.forms.download import note_download
from reif.capture.forms.entry import read
from reif.capture.forms.submit import Sent, submit
from reif.capture.models import Submission
from reif.crm.upsert import Draft, upsert_people
from reif.demo.history import History
from reif.demo.people import Someone
from reif.demo.visits import FORM_PAGES, Touch
from reif.kit.clock import now
from reif.playbook.current import current

AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
CONFIRMS = {"hot": 0.95, "warm": 0.88, "cold": 0.7, "fresh": 1.0}
TICKS = {"hot": 0.97, "warm": 0.9, "cold": 0.8, "fresh": 1.0}
MODULES = ["recruiting", "onboarding", "time", "payroll"]
SIZES = ((49, "25"), (249, "120"), (999, "500"), (10**9, "1500"))


class Desk:
    """Where forms arrive. people: by their id, filled as they come."""

    def __init__(self, history: History, people: dict[int, Someone]) -> None:
        self.history, self.people = history, people
        self.random: Random = history.random
        self._unknown: list[Someone] = []
        history.errands.append(self.enrich)

    def submit(self, someone: Someone, slug: str, touch: Touch) -> Submission:
        """One form, now; the confirmation and what the register of companies knows come later."""
        if slug in ("demo", "offerte") and someone.firm is None:
            slug = "whitepaper"  # these are for companies
        form = current("forms").by_slug(slug)
        posted = self._posted(someone, slug)
        sent = Sent(
            form=form, entry=read(form, posted), key=f"demo-{slug}-{someone.number}", url=_url(FORM_PAGES[slug], touch),
            referrer=touch.referrer, visitor=someone.key, ip=f"192.0.2.{1 + someone.number % 250}", agent=AGENT,
            own=(urlsplit(settings.BASE_URL).netloc,),
        )  # fmt: skip
        made = submit(sent)
        self._follow(someone, made, "consent_0" in posted)
        return made

    def ask_for_an_offer(self, known: dict[int, Someone]) -> None:
        """Somebody of a company whom we know already."""
        firms = [someone for someone in known.values() if someone.firm]
        if firms:
            self.submit(self.random.choice(firms), "offerte", Touch("DIRECT_TRAFFIC"))

    def confirm(self, made: Submission) -> None:
        """The click in the mail, and the download that it opens."""
        confirm(made, ip=f"192.0.2.{1 + made.id % 250}", agent=AGENT)
        form = current("forms").by_slug(made.form)
        if form.gives:
            self.history.plan(now() + timedelta(seconds=40), note_download, made, form.gives)

    def enrich(self) -> None:
        """What the import from the register of companies adds: place, size, industry, name and job. In one go."""
        if self._unknown:
            upsert_people([_known(someone) for someone in self._unknown], via="import", overwrite=False)
            self._unknown.clear()

    def _follow(self, someone: Someone, made: Submission, ticked: bool) -> None:
        random, moment = self.random, now()
        if someone.id != made.person_id:  # new to us, or new again: who never confirmed was forgotten
            someone.id = made.person_id or 0
            self.people[someone.id] = someone
            self._unknown.append(someone)
        if ticked and random.random() < CONFIRMS[someone.heat]:
            soon = random.random() < 0.8
            wait = timedelta(minutes=random.uniform(1, 25)) if soon else timedelta(hours=random.uniform(1, 40))
            self.history.plan(moment + wait, self.confirm, made)
        elif not ticked and made.form == "whitepaper":
            self.history.plan(
                moment + timedelta(minutes=random.uniform(3, 60)), note_download, made, "mitarbeiterbindung"
            )

    def _posted(self, someone: Someone, slug: str) -> dict[str, Any]:
        size = someone.firm.size if someone.firm else 20
        posted: dict[str, Any] = {
            "modules": self.random.sample(MODULES, 2), "has_system": self.random.choice(["yes", "no"]),
            "system": "Excel", "email": someone.email, "company": someone.company_name or "privat", "first_name": someone.first_name,
            "last_name": someone.last_name, "name": f"{someone.first_name} {someone.last_name}",
            "job_title": someone.job_title, "size": next(v for limit, v in SIZES if size <= limit),
            "country": someone.firm.country if someone.firm else "CH", "phone": _phone(someone),
        }  # fmt: skip
        if slug == "newsletter" or self.random.random() < TICKS[someone.heat]:
            posted["consent_0"] = "on"
        return posted


def _known(someone: Someone) -> Draft:
    """A row of the import."""
    draft = Draft(
        someone.email, first_name=someone.first_name, last_name=someone.last_name, job_title=someone.job_title
    )
    firm = someone.firm
    if firm is None:
        return draft
    return replace(
        draft, company_name=firm.name, country=firm.country, region=firm.region, city=firm.city,
        company_size=firm.size, industry=firm.industry,
    )  # fmt: skip


def _url(path: str, touch: Touch) -> str:
    return f"{settings.BASE_URL}{path}{touch.query}"


def _phone(someone: Someone) -> str:
    country = someone.firm.country if someone.firm else "CH"
    code = {"CH": "+41 44 000", "DE": "+49 30 0000", "AT": "+43 1 0000"}[country]
    return f"{code} {someone.number % 90 + 10} {someone.number * 7 % 90 + 10}"
