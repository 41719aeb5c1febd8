"""A form of the playbook as a template shows it: in one language, with what was entered and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from reif.capture.forms import proof, tally
from reif.capture.forms.entry import Entry
from reif.capture.forms.fill import filled
from reif.capture.forms.form_file import Field, Form
from reif.capture.forms.line import Around, Line, consent_line, line
from reif.capture.forms.over import over
from reif.capture.forms.plan import Plan, plan_for
from reif.capture.forms.progress import stages
from reif.capture.forms.ticket import issue
from reif.capture.sources.source import host_of, path_of


@dataclass(frozen=True)
class Place:
    """Where the form stands. via: page, embed, frame. root: before each address, for pages of other sites."""

    via: str = "page"
    url: str = ""
    referrer: str = ""
    origin: str = ""
    visitor: str = ""

    @property
    def root(self) -> str:
        return settings.BASE_URL if self.via == "embed" else ""

    @property
    def page(self) -> str:
        """Its path, with the host in front when it is not ours; for counting."""
        return f"{host_of(self.url)}{path_of(self.url)}" if self.via == "embed" else path_of(self.url)


@dataclass(frozen=True)
class Shown:
    """A whole form on the page, or one step of it. step and of: which one, from 1. state: the answers so far, sealed."""

    slug: str
    language: str
    ticket: str
    title: str
    text: str
    button: str
    small: str
    lines: list[Line]
    consents: list[Line]
    notice: str
    over: str
    step: int = 1
    of: int = 1
    steps: list[str] = field(default_factory=list)
    state: str = ""
    challenge: str = ""
    place: Place = Place()
    kiosk: bool = False
    not_you: str = ""
    uploads: bool = False

    @property
    def failed(self) -> bool:
        return bool(self.notice) or any(line.error for line in (*self.lines, *self.consents))

    @property
    def wrong(self) -> list[Line]:
        """The lines to mend, for the summary."""
        return [line for line in (*self.lines, *self.consents) if line.error]

    @property
    def last(self) -> bool:
        return self.step == self.of

    @property
    def action(self) -> str:
        return f"{self.place.root}/f/{self.slug}/submissions"


def show(form: Form, request: HttpRequest, entry: Entry | None = None, *, place: Place | None = None,
         counted: bool = True) -> Shown:  # fmt: skip
    """A fresh form on a page; it is counted as seen, unless it is a picture of a page in an editor."""
    language = (get_language() or "de")[:2]
    place = place or Place(url=request.build_absolute_uri(), referrer=request.headers.get("referer", ""))
    plan = plan_for(form, request)
    variant = getattr(request, "variant", "")
    ticket = issue(
        form.slug, language, place.url, place.referrer, variant=variant, via=place.via, origin=place.origin,
        without=",".join(plan.without), later=",".join(plan.later), stranger="1" if plan.stranger else "",
    )  # fmt: skip
    entry = entry or Entry(shown=_beforehand(form, request, place) | filled(form, request))
    shown = draw(form, plan.fields, entry, ticket, place=place)
    if counted and not shown.over:
        tally.note(form.slug, "view", page=place.page, variant=variant)
    return replace(shown, not_you=_not_you(request, plan), challenge=_challenge(form, ticket))


def draw(form: Form, fields: Sequence[Field], entry: Entry, ticket: str, *, step: int = 1, state: str = "",
         notice: str = "", place: Place = Place(), challenge: str = "") -> Shown:  # fmt: skip
    """One step of a form with an entry to mend or to go on with."""
    language = (get_language() or "de")[:2]
    parts = stages(fields, entry.shown)
    step = min(max(step, 1), len(parts))
    here = parts[step - 1].fields
    return Shown(
        slug=form.slug, language=language, ticket=ticket, title=form.title.in_(language), text=form.text.in_(language),
        button=form.button.in_(language), small=form.small.in_(language), notice=notice, over=over(form),
        lines=[line(one, entry, Around(form, language, frozenset(f.name for f in here))) for one in here],
        consents=_consents(form, entry, language) if step == len(parts) else [],
        step=step, of=len(parts), steps=[part.title.in_(language) for part in parts], state=state, place=place,
        kiosk=form.kiosk, uploads=any(one.type == "file" for one in here), challenge=challenge,
    )  # fmt: skip


def _consents(form: Form, entry: Entry, language: str) -> list[Line]:
    return [consent_line(form, n, consent, entry, language) for n, consent in enumerate(form.consents)]


def _challenge(form: Form, ticket: str) -> str:
    """A form that always wants a proof says so at once, so that the browser computes while people type."""
    return proof.challenge(ticket) if form.proof == "always" else ""


def _beforehand(form: Form, request: HttpRequest, place: Place) -> dict[str, list[str]]:
    """Hidden fields that are read from the address of the page."""
    told = query_of(place.url) if place.via == "embed" else {name: str(v) for name, v in request.GET.items()}
    return {f.name: [told[f.parameter]] for f in form.fields if f.type == "hidden" and told.get(f.parameter)}


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address, the last of each."""
    try:
        return dict(parse_qsl(urlsplit(url).query, max_num_fields=100))
    except ValueError:
        return {}


def _not_you(request: HttpRequest, plan: Plan) -> str:
    """The address that asks everything; only where something was left out."""
    if not plan.without:
        return ""
    query = request.GET.copy()
    query["all"] = "1"
    query.pop("reif", None)
    return f"?{query.urlencode()}"
