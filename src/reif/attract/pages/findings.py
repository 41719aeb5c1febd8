"""What the check for search engines says about a draft; nothing while there is no check."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from reif.attract.models import LandingPage
from reif.attract.pages.sheet import Sheet


def findings(request: HttpRequest, page: LandingPage, said: Sheet) -> list[Any]:
    """Findings with a remedy each."""
    return []
