"""The HTML of a form on a page. What is the same for all strangers is drawn once; the ticket of each is put in."""

from __future__ import annotations

import secrets
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from reif.capture.forms.render import Place, Shown

MOST = 256
_kept: dict[tuple[str, str | None], str] = {}
_TICKET, _CHALLENGE = (secrets.token_hex(16) for _ in range(2))


def drawn(shown: Shown) -> SafeString:
    """As `capture/_form.html` has it. Nothing that somebody wrote or is known by is ever kept."""
    if not _same_for_all(shown):
        return mark_safe(render_to_string("capture/_form.html", {"form": shown}))
    bare = replace(shown, ticket=_TICKET, challenge=_CHALLENGE if shown.challenge else "", place=_bare(shown.place))
    key = (repr(replace(bare, ticket="", challenge=shown.challenge and "x")), get_language())
    html = _kept.get(key)
    if html is None:
        html = render_to_string("capture/_form.html", {"form": bare})
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = html
    return mark_safe(html.replace(_TICKET, escape(shown.ticket)).replace(_CHALLENGE, escape(shown.challenge)))


def _same_for_all(shown: Shown) -> bool:
    if shown.over or shown.notice or shown.state or shown.not_you:
        return False
    lines = (*shown.lines, *shown.consents)
    return not any(line.value or line.error or line.kept or any(o.chosen for o in line.options) for line in lines)


def _bare(place: Place) -> Place:
    """What the form itself says about its place."""
    return Place(via=place.via)
