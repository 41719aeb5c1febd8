"""What segments draw on pages of others: below the list of people, a way to put those chosen into one."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from reif.qualify.segments.fixed import fixed_keys
from reif.qualify.segments.names import segment_words
from reif.qualify.segments.views import SELLING


def put_in_panel(request: Any, **_about: Any) -> str:
    """Nothing when there is no fixed segment, or for who may not change any."""
    if request.user.role not in SELLING:
        return ""
    fixed = fixed_keys()
    known = {key: words for key, words in segment_words(get_language() or "de").items() if key in fixed}
    return render_to_string("qualify/segments/_bulk.html", {"segments": known}, request) if known else ""
