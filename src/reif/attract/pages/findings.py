"""What the check for search engines says about a draft; asked for a whole list, it knows the house once."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from reif.attract.models import LandingPage
from reif.attract.pages.publication import show as write_down
from reif.attract.pages.sheet import Sheet
from reif.attract.pages.visit import context_of, sound
from reif.attract.seo_check import Checked, check
from reif.attract.seo_check.finding import Finding
from reif.attract.seo_check.house import House

THIN = 120
"""A landing page says little on purpose; below this it says too little."""


def findings(request: HttpRequest, page: LandingPage, said: Sheet, house: House | None = None) -> list[Finding]:
    """Findings with a remedy each, the worst first; none for a page that is not for search engines."""
    if said.hidden:
        return []
    looked = LandingPage(pk=page.pk, slug=page.slug, at=page.at)
    write_down(looked, said)
    with translation.override(said.language):
        html = render_to_string("attract/_main.html", context_of(request, looked, sound(said)), request)
    checked = Checked(
        title=said.title, html=html, description=said.description, slug=page.slug, path=page.path,
        keyword=said.keyword, cover=said.cover, language=said.language, thin=THIN,
    )  # fmt: skip
    return check(checked, house)


def weighty(found: list[Finding]) -> int:
    """How many of them cost visitors or could be better; hints do not count."""
    return sum(one.level != "hint" for one in found)
