"""The form of one part of a scoring model: a rule, a profile rule, people left out, a group with a ceiling."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l

from reif.kit.fold import fold
from reif.qualify.board.views import chosen
from reif.qualify.editor import drafts
from reif.qualify.editor.drafts import UNNAMED
from reif.qualify.editor.part_form import BadPart, part_of, sent_again, shown, unfinished
from reif.qualify.editor.seen import seen
from reif.qualify.editor.views import WRITERS
from reif.qualify.scoring.behaviour import KINDS
from reif.qualify.ways import Model, Rule, words_of
from reif.rules.happenings import label
from reif.rules.words import say
from reif.staff.views import Desk, StaffRequest

NEW = {
    "rule": _l("New rule for what people do"), "fit": _l("New rule for profiles"), "exclude": _l("Leave people out"),
    "group": _l("New group with a ceiling"),
}  # fmt: skip


class PartView(Desk):  # /scoring/draft/main/rule/prices: edit, keep, remove (do=remove)
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, model: str, sort: str, key: str) -> HttpResponse:
        part = _part(chosen(drafts.edited(), model), sort, key)
        return render(request, "qualify/editor/part.html", _form(model, sort, key, part))

    def post(self, request: StaffRequest, model: str, sort: str, key: str) -> HttpResponse:
        scoring = drafts.edited()
        edited = chosen(scoring, model)
        before = _part(edited, sort, key)
        try:
            part = None if request.POST.get("do") == "remove" else _typed(request.POST, edited, sort, key)
        except BadPart as bad:
            context = _form(model, sort, key, before) | sent_again(request.POST) | {"error": str(bad)}
            return render(request, "qualify/editor/part.html", context, status=422)
        drafts.keep(drafts.with_part(scoring, model, sort, key, part), request.user)
        return redirect(f"{reverse('qualify:draft')}?model={model}")


class PartSeenView(Desk):  # /scoring/draft/main/rule/prices/seen: POST the form as it stands; nothing is kept
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, model: str, sort: str, key: str) -> HttpResponse:
        """Ten people while somebody types; what cannot be read yet is named without alarm, the picture before it stays."""
        scoring = drafts.edited()
        try:
            part = _typed(unfinished(request.POST), chosen(scoring, model), sort, key)
        except BadPart as bad:
            answer = render(request, "qualify/editor/_unread.html", {"sentence": str(bad)})
            answer["HX-Retarget"] = "#unread"
            return answer
        edited = chosen(drafts.with_part(scoring, model, sort, key, part), model)
        found = seen(edited, get_language() or "de", part.key)
        return render(request, "qualify/editor/_part_seen.html", {"model": edited, "seen": found})


def _typed(sent: QueryDict, model: Model, sort: str, key: str) -> Any:
    """The part that the form says; a new one takes no other's key. Raises BadPart."""
    before = _part(model, sort, key)
    if key != UNNAMED:
        return part_of(sent, sort, key, before)
    part = part_of(sent, sort, "", None)
    return msgspec.structs.replace(part, key=drafts.free(model, part.key))


def _part(model: Model, sort: str, key: str) -> Any:
    if sort not in drafts.PARTS:
        raise Http404
    found = next((one for one in getattr(model, drafts.PARTS[sort]) if one.key == key), None)
    if found is None and key != UNNAMED:
        raise Http404
    return found


def _form(model: str, sort: str, key: str, part: Any) -> dict[str, Any]:
    language = get_language() or "de"
    scoring = drafts.edited()
    when = getattr(part, "when", None)
    return shown(part) | {
        "model": model, "sort": sort, "key": key, "part": part,
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
