"""`{% load capture %}{% form "whitepaper" %}` puts a form of the playbook on any page."""

from __future__ import annotations

from typing import Any

import structlog
from django import template
from django.template import Context

from reif.capture.forms.render import show
from reif.playbook.current import current

register = template.Library()
log = structlog.get_logger("reif.capture")


@register.inclusion_tag("capture/_form.html", takes_context=True)
def form(context: Context, slug: str) -> dict[str, Any]:
    """The form in the language of the page; nothing when the playbook has no such form, so that the page stays."""
    found = current("forms").by_slug(slug)
    if found is None:
        log.warning("no_such_form", form=slug)
        return {}
    return {"form": show(found, context["request"])}
