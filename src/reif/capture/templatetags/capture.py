"""`{% load capture %}{% form "whitepaper" %}` puts a form of the playbook on any page."""

from __future__ import annotations

import structlog
from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from reif.capture.forms.drawn import drawn
from reif.capture.forms.render import show
from reif.playbook.current import current

register = template.Library()
log = structlog.get_logger("reif.capture")


@register.simple_tag(takes_context=True)
def form(context: Context, slug: str) -> SafeString:
    """The form in the language of the page; nothing when the playbook has no such form, so that the page stays."""
    found = current("forms").by_slug(slug)
    if found is None:
        log.warning("no_such_form", form=slug)
        return mark_safe("")
    request = context["request"]
    request.forms_here = getattr(request, "forms_here", set()) | {slug}
    return drawn(show(found, request, counted=not context.get("editing")))
