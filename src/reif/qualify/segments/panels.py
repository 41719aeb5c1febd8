"""What segments draw on pages of others: below the list of people, a way to put those chosen into one; beside a person,
which ones they are in.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from reif.crm.models import Person
from reif.qualify.segments.fill import SELLING
from reif.qualify.segments.fixed import fixed_keys
from reif.qualify.segments.names import segment_words


def put_in_panel(request: Any, **_about: Any) -> str:
    """Nothing when there is no fixed segment, or for who may not change any."""
    if request.user.role not in SELLING:
        return ""
    fixed = fixed_keys()
    known = {key: words for key, words in segment_words(get_language() or "de").items() if key in fixed}
    return render_to_string("qualify/segments/_bulk.html", {"segments": known}, request) if known else ""


def segments_panel(request: Any, person: Person) -> str:
    """Beside the timeline: in which segments somebody is, since when; fixed ones can be changed here."""
    known, fixed = segment_words(get_language() or "de"), fixed_keys()
    there = {m.segment: m.since for m in person.segments.all()}
    rows = [
        {"key": key, "words": words, "since": there[key], "fixed": key in fixed}
        for key, words in known.items()
        if key in there
    ]
    free = {key: words for key, words in known.items() if key in fixed and key not in there}
    if not rows and not free:
        return ""
    context = {"person": person, "rows": rows, "free": free, "may_fill": request.user.role in SELLING}
    return render_to_string("qualify/segments/_of_person.html", context, request)
