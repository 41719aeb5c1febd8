"""What is to be answered to a posted form: the next step, the same step with what is wrong, or thanks.

All ways end in one verb: `submit`. What comes from a page where the form may not stand is set aside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reif.capture.forms import proof, tally, uploads
from reif.capture.forms import ticket as tickets
from reif.capture.forms.conditions import Step
from reif.capture.forms.entry import Entry, plain, read
from reif.capture.forms.form_file import Field, Form
from reif.capture.forms.origin import allowed, is_ours, origin_of
from reif.capture.forms.over import over
from reif.capture.forms.plan import planned
from reif.capture.forms.progress import opened, sealed, stages
from reif.capture.forms.quarantine import set_aside
from reif.capture.forms.render import Place, Shown, draw, show
from reif.capture.forms.submit import Sent, submit
from reif.capture.forms.twins import key_of
from reif.capture.models import Submission
from reif.capture.web.counting import count
from reif.capture.web.visitor import agent, client_ip, own_hosts, visitor_in, visitor_key
from reif.kit import token
from reif.kit.clock import now


@dataclass(frozen=True)
class Outcome:
    """shown: what to fill in next, with its status. Else it is done; submission is None when nothing was made of it."""

    language: str
    shown: Shown | None = None
    status: int = 200
    submission: Submission | None = None
    via: str = "page"


@dataclass(frozen=True)
class Post:
    """One post of a form with a ticket that holds. raw: all answers, those of earlier steps, too."""

    request: HttpRequest
    form: Form
    posted: QueryDict
    ticket: tickets.Ticket
    raw: dict[str, list[str]]
    fields: list[Field]

    @property
    def seal(self) -> str:
        return str(self.posted.get("ticket", ""))

    @property
    def place(self) -> Place:
        return Place(self.ticket.via, self.ticket.url, self.ticket.referrer, self.ticket.origin)

    @property
    def page(self) -> dict[str, str]:
        return {"page": self.place.page, "variant": self.ticket.variant}


def receive(request: HttpRequest, form: Form, posted: QueryDict) -> Outcome:
    """Answer one post."""
    if posted.get("website"):  # only machines see this field; they are thanked, and that is all
        count("trap", f"/f/{form.slug}")
        return Outcome((get_language() or "de")[:2])
    try:
        ticket = (
            tickets.read(str(posted["ticket"]), form.slug) if "ticket" in posted else _foreign(request, form, posted)
        )
    except (token.BadToken, ValueError):
        return _again(request, form, posted)
    with override(ticket.language):
        return _go_on(Post(request, form, posted, ticket, plain(posted), planned(form, ticket)))


def _go_on(post: Post) -> Outcome:
    before = opened(str(post.posted.get("state", "")), post.seal)
    parts = stages(post.fields, before | post.raw)
    told = str(post.posted.get("step", ""))
    step = min(max(int(told[:3]), 1), len(parts)) if told.isascii() and told.isdecimal() else len(parts)
    here = {f.name for f in parts[step - 1].fields}  # a box that is not ticked any more is not posted
    post = replace(post, raw={name: v for name, v in before.items() if name not in here} | post.raw)
    if post.posted.get("back"):
        return _back(post, parts[step - 1].fields, step)
    if step < len(parts):
        return _next(post, parts, step)
    return _finish(post, parts)


def _back(post: Post, here: list[Field], step: int) -> Outcome:
    """The step before; what stands in this one is kept as it is, also while it is not complete."""
    entry = Entry()
    uploads.take(post.form, here, post.fields, entry, post.raw, post.request.FILES)
    return _show(post, Entry(shown=post.raw | entry.shown), step - 1)


def _next(post: Post, parts: list[Step], step: int) -> Outcome:
    here = parts[step - 1].fields
    entry = read(post.form, post.raw, here, among=post.fields, boxes=False)
    uploads.take(post.form, here, post.fields, entry, post.raw, post.request.FILES)
    entry.shown = post.raw | entry.shown
    if entry.errors:
        return _show(post, entry, step, 422)
    return _show(post, Entry(shown=entry.shown), step + 1)


def _finish(post: Post, parts: list[Step]) -> Outcome:
    asked = [f for part in parts for f in part.fields]
    entry = read(post.form, post.raw, asked, among=post.fields)
    uploads.take(post.form, asked, post.fields, entry, post.raw, post.request.FILES)
    notice, challenge = _doubts(post) if not entry.errors else ("", "")
    if entry.errors or notice or over(post.form):
        entry.shown = post.raw | entry.shown
        return _show(post, entry, _first_wrong(parts, entry), 422, notice=notice, challenge=challenge)
    return _take(post, entry)


def _first_wrong(parts: list[Step], entry: Entry) -> int:
    """The first step with something to mend, else the last."""
    wrong = [n for n, part in enumerate(parts, 1) if any(f.name in entry.errors for f in part.fields)]
    return wrong[0] if wrong else len(parts)


def _show(post: Post, entry: Entry, step: int, status: int = 200, *, notice: str = "",
          challenge: str = "") -> Outcome:  # fmt: skip
    """One step; all that was answered in the others, before and after it, travels along."""
    for name in entry.errors:
        tally.note(post.form.slug, "wrong", name, **post.page)
    names = [f.name for f in post.fields if f.asks]
    shown = draw(
        post.form, post.fields, entry, post.seal, step=step, notice=notice, place=post.place, challenge=challenge,
        state=sealed(post.raw | entry.shown, names, post.seal),
    )  # fmt: skip
    return Outcome(post.ticket.language, shown, status)


def _doubts(post: Post) -> tuple[str, str]:
    """What speaks against a person: a sentence and, if computing helps, what to compute."""
    if not post.seal:
        return "", ""
    if now() - post.ticket.shown_at < timedelta(seconds=post.form.seconds):
        return _("That was very fast. Please check what you entered, and send again."), ""
    if not proof.needed(post.form, client_ip(post.request) or ""):
        return "", ""
    if proof.proven(str(post.posted.get("proof", "")), post.seal) or proof.patient(post.ticket):
        return "", ""
    sentence = _("Many forms come in at the moment. Please wait for twenty seconds, and send again.")
    return sentence, proof.challenge(post.seal)


def _take(post: Post, entry: Entry) -> Outcome:
    form, ticket = post.form, post.ticket
    sent = sent_of(post, entry)
    host = origin_of(post.request)
    foreign = bool(host) and not is_ours(host, post.request)
    if not post.seal and not (allowed(form, host) or (host and not foreign)):
        set_aside(sent, post.raw, host, "no_ticket")
        return Outcome(ticket.language, via=ticket.via)
    if foreign and form.domains and not allowed(form, host):
        set_aside(sent, post.raw, host, "domain")
        return Outcome(ticket.language, via=ticket.via)
    submission = submit(sent)
    tally.note(form.slug, "sent", **post.page)
    return Outcome(ticket.language, submission=submission, via=ticket.via)


def sent_of(post: Post, entry: Entry) -> Sent:
    """What the verb needs."""
    request, ticket = post.request, post.ticket
    nobody = post.form.kiosk or bool(ticket.stranger)
    known = visitor_in(str(post.posted.get("visitor", ""))) if ticket.via == "embed" else visitor_key(request)
    return Sent(
        form=post.form, entry=entry, key=key_of(ticket, entry), language=ticket.language, url=ticket.url,
        referrer=ticket.referrer, visitor="" if nobody else known, ip=client_ip(request), agent=agent(request),
        own=own_hosts(request), variant=ticket.variant, via=ticket.via,
    )  # fmt: skip


def _foreign(request: HttpRequest, form: Form, posted: QueryDict) -> tickets.Ticket:
    """A form that stands on a foreign page as plain HTML has no ticket; what it would say comes from the headers."""
    language = str(posted.get("lang", ""))
    language = language if language in ("de", "en") else (get_language() or "de")[:2]
    url = request.headers.get("referer", "") or str(posted.get("url", ""))
    return tickets.Ticket(form.slug, tickets.number(), now(), language, url[:500], via="html")


def _again(request: HttpRequest, form: Form, posted: QueryDict) -> Outcome:
    """The ticket is too old or not ours: the same form with a new one, and nothing to type again."""
    entry = Entry(shown=plain(posted))
    notice = _("The form was open for a long time. Please check what you entered, and send again.")
    return Outcome((get_language() or "de")[:2], replace(show(form, request, entry), notice=notice), 422)
