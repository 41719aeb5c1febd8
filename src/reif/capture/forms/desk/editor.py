"""The editor of forms: works on the structs of the playbook, shows the form beside, and puts a revision in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reif.capture.forms.desk.pages import WRITERS, find
from reif.capture.forms.desk.plain_form import plain_form, same_words
from reif.capture.forms.desk.sheet import Sheet
from reif.capture.forms.desk.words import choices
from reif.capture.forms.entry import Entry
from reif.capture.forms.form_file import Field, Form, Forms
from reif.capture.forms.render import Shown, draw
from reif.channels.mails import Words
from reif.playbook.apply import Overtaken, apply
from reif.playbook.check import check
from reif.playbook.command import said_now
from reif.playbook.current import current, revision
from reif.playbook.draft import Draft, read_plain
from reif.playbook.shape import build, misfits
from reif.staff.templatetags.ui import mine
from reif.staff.views import Desk, StaffRequest

EMPTY = Form(
    "", fields=[Field("email", "email", Words("E-Mail", "E-mail"), required=True)],
)  # fmt: skip


class EditView(Desk):  # /forms/demo/edit
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, slug: str = "") -> HttpResponse:
        form = find(slug) if slug else EMPTY
        return _page(request, Edit(Sheet.of_form(form), slug, revision()), 200)

    def post(self, request: StaffRequest, slug: str = "") -> HttpResponseBase:
        edit = Edit.of(request, slug)
        said = request.POST.get("do", "")
        if said != "publish":
            edit.sheet.act(said)
            return _page(request, edit, 200)
        form, problems = edit.checked()
        if form is None or problems:
            return _page(request, edit, 422, problems)
        try:
            apply(edit.draft(form), request.user, _("Form “%(slug)s”") % {"slug": form.slug}, edit.expected)
        except Overtaken as overtaken:
            return _page(request, edit, 409, [str(overtaken)])
        messages.success(request, _("The form is in force."))
        return redirect("capture:desk_form", form.slug)


class FormPreviewView(Desk):  # POST /forms/preview: the form as it would look, without publishing
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest) -> HttpResponse:
        edit = Edit.of(request, request.POST.get("editing", ""))
        return render(request, "capture/desk/_preview.html", _preview(edit, request))


@dataclass
class Edit:
    """What is being edited. slug: of the form in force, empty for a new one. expected: the revision it was read from."""

    sheet: Sheet
    slug: str
    expected: int

    @classmethod
    def of(cls, request: StaffRequest, slug: str) -> Edit:
        told = str(request.POST.get("expected", ""))
        return cls(Sheet.of_post(request.POST), slug, int(told) if told.isdecimal() else 0)

    @property
    def before(self) -> Form | None:
        found: Form | None = current("forms").by_slug(self.slug) if self.slug else None
        return found

    def form(self) -> tuple[Form | None, list[str]]:
        """The form, or what keeps it from being one."""
        plain = plain_form(self.sheet, self.before)
        wrong = misfits(plain, Form)
        return (None, [m.sentence for m in wrong]) if wrong else (build(plain, Form), [])

    def checked(self) -> tuple[Form | None, list[str]]:
        """The same, and everything that speaks against publishing it."""
        form, wrong = self.form()
        if form is None:
            return None, wrong
        if form.slug != self.slug and current("forms").by_slug(form.slug):
            wrong.append(_("There is a form with this address already."))
        wrong += [
            _("The words for “%(purpose)s” changed: give them a new version.") % {"purpose": c.purpose}
            for c in same_words(self.before, form)
        ]
        return form, wrong + [f"{p.sentence} {p.remedy}".strip() for p in check(self.draft(form))]

    def draft(self, form: Form) -> Draft:
        """The whole playbook with this form in it."""
        draft = read_plain(said_now())
        forms: list[Form] = list(draft["forms"].forms)
        at = next((n for n, one in enumerate(forms) if one.slug == self.slug), None)
        if at is None:
            forms.append(form)
        else:
            forms[at] = form
        return draft.with_(forms=Forms(forms))


def _page(request: StaffRequest, edit: Edit, status: int, problems: list[str] | None = None) -> HttpResponse:
    names = [
        (name := card.v.get("name", ""), mine(card.v.get("label_de", ""), card.v.get("label_en", ""), name))
        for card in edit.sheet.cards
    ]
    context: dict[str, Any] = {
        "sheet": edit.sheet, "v": edit.sheet.v, "editing": edit.slug, "expected": edit.expected, "problems": problems or [],
        "names": [(name, label) for name, label in names if name], **choices((get_language() or "de")[:2]),
    }  # fmt: skip
    return render(request, "capture/desk/edit.html", context | _preview(edit, request), status=status)


def _preview(edit: Edit, request: StaffRequest) -> dict[str, Any]:
    """The form in the chosen language and step, or what is in its way."""
    language = request.POST.get("preview_language") or (get_language() or "de")[:2]
    form, wrong = edit.form()
    shown: Shown | None = None
    told = request.POST.get("preview_step", "1")
    if form is not None and form.fields:
        with override("en" if language == "en" else "de"):
            form = msgspec.structs.replace(form, closed=False)
            every = [msgspec.structs.replace(f, show=None) if f.show else f for f in form.fields]
            shown = draw(form, every, Entry(), "", step=int(told) if told.isdecimal() else 1)
    return {"shown": shown, "preview_wrong": wrong, "preview_language": language}
