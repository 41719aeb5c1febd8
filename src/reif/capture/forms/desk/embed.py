"""The codes by which a form stands on other pages, to copy; and a link for one person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from reif.capture.forms.desk.pages import READERS, WRITERS, find, frame
from reif.capture.forms.entry import Entry
from reif.capture.forms.fill import fill_link
from reif.capture.forms.form_file import Form
from reif.capture.forms.render import draw
from reif.crm.models import Person
from reif.kit.address import BadAddress, normalise
from reif.staff.views import Desk, StaffRequest


class EmbedView(Desk):  # /forms/demo/embed
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponse:
        form, language = find(slug), (get_language() or "de")[:2]
        return render(
            request, "capture/desk/embed.html", frame(form, request, "embed") | {"codes": codes(form, language)}
        )


class FillView(Desk):  # POST /forms/demo/fill: the link that is filled in beforehand for one person
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, slug: str) -> HttpResponse:
        form, language = find(slug), (get_language() or "de")[:2]
        told = request.POST.get("email", "")
        person = _person(told)
        context = frame(form, request, "embed") | {"codes": codes(form, language), "told": told, "searched": True}
        context |= {"link": fill_link(slug, person.pk) if person else "", "person": person}
        return render(request, "capture/desk/embed.html", context, status=200 if person else 422)


def codes(form: Form, language: str) -> list[tuple[str, str]]:
    """(kind, code): script, popup, frame, html, hubspot."""
    root, title = settings.BASE_URL, form.title.in_(language) or form.slug
    link = f'<a href="{root}/f/{form.slug}">{title}</a>'
    close = ' data-close="Schliessen"' if language == "de" else ""
    script = f'<script src="{root}/f.js" async></script>'
    return [
        ("script", f'<reif-form data-form="{form.slug}">{link}</reif-form>\n{script}'),
        ("popup", f'<button type="button" data-reif-popup="{form.slug}"{close}>{title}</button>\n{script}'),
        ("frame", f'<iframe src="{root}/f/{form.slug}/frame?lang={language}" title="{title}" '
                  f'style="width:100%;height:40rem;border:0" loading="lazy"></iframe>\n{script}'),
        ("html", _plain(form, language)),
        ("hubspot", f"{root}/submissions/v3/integration/submit/1/{form.guid or form.slug}"),
    ]  # fmt: skip


def _plain(form: Form, language: str) -> str:
    """A form without a script and without a ticket: its domain has to be on the list."""
    shown = draw(form, [f for f in form.fields if f.type not in ("file", "break")], Entry(), "")
    action = f"{settings.BASE_URL}/f/{form.slug}/submissions"
    html = render_to_string("capture/desk/_plain.html", {"form": shown, "action": action, "language": language})
    return "\n".join(line for line in html.splitlines() if line.strip())


def _person(told: str) -> Person | None:
    try:
        return Person.objects.filter(email=normalise(told), erased_at=None).first()
    except BadAddress:
        return None
