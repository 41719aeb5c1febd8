"""The campaign's names in an address travel with the links of the page, so that they reach the form."""

from __future__ import annotations

from django.http import HttpRequest

from reif.attract.seo import CLICK_IDS


def passed_on(request: HttpRequest) -> str:
    """`?utm_source=…` with everything that names the campaign or the click; empty when nothing does."""
    kept = request.GET.copy()
    for name in list(kept):
        if not name.startswith("utm_") and name not in CLICK_IDS:
            del kept[name]
    return f"?{kept.urlencode()}" if kept else ""
