"""The editor of scoring models: a draft that is kept, with what it would do on real people, until it is published."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from reif.crm.models import Person, Standing
from reif.crm.set_score import Place
from reif.kit.fold import fold
from reif.playbook.apply import Overtaken
from reif.playbook.current import revision
from reif.playbook.plain import plain
from reif.playbook.problem import Refused
from reif.playbook.write_toml import write_toml
from reif.qualify.board.views import chosen, tabs
from reif.qualify.editor import drafts
from reif.qualify.editor.frame import BadFrame, with_frame
from reif.qualify.editor.part_form import BadPart, part_of, sent_again, shown
from reif.qualify.editor.part_lines import part_lines
from reif.qualify.editor.warn import warnings
from reif.qualify.editor.what_if import Found, sample, what_if
from reif.qualify.scoring.behaviour import KINDS
from reif.qualify.ways import Model, Rule, words_of
from reif.rules.happenings import label
from reif.rules.words import say
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

WRITERS = frozenset({Role.ADMIN, Role.MARKETING})
TEN, SAMPLE, BAND = 10, 200, 10
NEW = {
    "rule": _l("New rule for what people do"), "fit": _l("New rule for profiles"), "exclude": _l("Leave people out"),
    "group": _l("New group with a ceiling"),
}  # fmt: skip


class DraftView(Desk):  # /scoring/draft?model=main: see, publish (POST), throw away (DELETE, or do=drop)
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        return render(request, "qualify/editor/draft.html", _context(request.GET.get("model", "")))

    def post(self, request: StaffRequest) -> HttpResponse:
        if request.POST.get("do") == "drop":
            drafts.throw_away()
            return redirect("qualify:draft")
        try:
            made = drafts.publish(request.user, request.POST.get("note", ""))
        except (Overtaken, Refused) as refused:
            status = 409 if isinstance(refused, Overtaken) else 422
            told = {"overtaken": revision() if status == 409 else None}
            return render(request, "qualify/editor/draft.html", _context("", str(refused)) | told, status=status)
        messages.success(request, _("Revision %(revision)s is published.") % {"revision": made.short})
        return redirect("qualify:scoring")


class FrameView(Desk):  # /scoring/draft/main: names, grades and the company's score of a model; a new model for `new`
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, model: str) -> HttpResponse:
        try:
            scoring, key = with_frame(drafts.edited(), model, request.POST)
        except BadFrame as bad:
            return render(request, "qualify/editor/draft.html", _context(model, str(bad)), status=422)
        drafts.keep(scoring, request.user)
        return redirect(_draft(key))


class PartView(Desk):  # /scoring/draft/main/rule/prices: edit, keep, remove (do=remove)
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, model: str, sort: str, key: str) -> HttpResponse:
        part = _part(chosen(drafts.edited(), model), sort, key)
        return render(request, "qualify/editor/part.html", _form(model, sort, key, part))

    def post(self, request: StaffRequest, model: str, sort: str, key: str) -> HttpResponse:
        scoring = drafts.edited()
        before = _part(chosen(scoring, model), sort, key)
        name = "" if key == "new" else key
        try:
            part = None if request.POST.get("do") == "remove" else part_of(request.POST, sort, name, before)
        except BadPart as bad:
            context = _form(model, sort, key, before) | sent_again(request.POST) | {"error": str(bad)}
            return render(request, "qualify/editor/part.html", context, status=422)
        drafts.keep(drafts.with_part(scoring, model, sort, name or (part.key if part else ""), part), request.user)
        return redirect(_draft(model))


def _draft(model: str) -> str:
    return f"{reverse('qualify:draft')}?model={model}"


def _part(model: Model, sort: str, key: str) -> Any:
    if sort not in drafts.PARTS:
        raise Http404
    found = next((one for one in getattr(model, drafts.PARTS[sort]) if one.key == key), None)
    if found is None and key != "new":
        raise Http404
    return found


def _form(model: str, sort: str, key: str, part: Any) -> dict[str, Any]:
    language = get_language() or "de"
    scoring = drafts.edited()
    when = getattr(part, "when", None)
    return shown(part) | {
        "model": model, "sort": sort, "part": part,
        "kinds_known": _kinds(part, language),
        "title": words_of(part, language) if part is not None else str(NEW[sort]),
        "ceilings": [(g.key, words_of(g, language)) for g in chosen(scoring, model).groups],
        "in_words": say(when, language) if when is not None else "",
    }  # fmt: skip


def _kinds(part: Any, language: str) -> list[tuple[str, str]]:
    """What somebody can do, by its words; what the rule has now comes first."""
    chosen_now = part.kinds if isinstance(part, Rule) else ()
    said = [(kind, label(kind, language)) for kind in KINDS]
    return sorted(said, key=lambda one: (one[0] not in chosen_now, fold(one[1])))


def _context(key: str, error: str = "") -> dict[str, Any]:
    language, scoring = get_language() or "de", drafts.edited()
    model = scoring.model(key) or scoring.main
    found = what_if(model, people := sample(model.key, SAMPLE))
    return {
        "tabs": tabs(scoring, model, language), "model": model, "kept": drafts.draft(), "error": error,
        "parts": {sort: part_lines(getattr(model, name), found, language) for sort, name in drafts.PARTS.items()},
        "problems": drafts.problems(scoring), "warnings": list(warnings(model, found, language)),
        "ten": _ten(model, found, people[: TEN // 2] + people[-TEN // 2 :]), "bands": _bands(model, found, people),
        "sampled": len(people), "toml": write_toml(plain(scoring)),
    }  # fmt: skip


def _ten(model: Model, found: Found, people: list[int]) -> list[dict[str, Any]]:
    """Ten real people: now, under the draft, and by how much they move."""
    ids = list(dict.fromkeys(people))
    names = {p.pk: p for p in Person.objects.filter(pk__in=ids)}
    now = {s.person_id: s for s in Standing.objects.counting().filter(model=model.key, person__in=ids)}
    return [_move(names[i], now.get(i), found.places[i]) for i in ids if i in names]


def _move(person: Person, before: Standing | None, after: Place) -> dict[str, Any]:
    return {"person": person, "before": before, "after": after, "moved": after.score - (before.score if before else 0)}


def _bands(model: Model, found: Found, people: list[int]) -> list[tuple[int, int, int]]:
    """From so many points, how many of the sample before and after."""
    before = dict(
        Standing.objects.counting().filter(model=model.key, person__in=people).values_list("person_id", "score")
    )
    old = [min(max(before.get(person, 0), 0) // BAND, 10) for person in people]
    new = [min(max(found.places[person].score, 0) // BAND, 10) for person in people]
    return [(band * BAND, old.count(band), new.count(band)) for band in range(11)]
